import { describe, expect, it } from 'vitest';
import { actionLevel } from './action-level.ts';

describe('level of an action', () => {
  it.each([
    [
      'read',
      's3:GetObject s3:ListBucket ec2:DescribeInstances dynamodb:Query dynamodb:BatchGetItem logs:FilterLogEvents iam:GetRole iam:ListUsers sts:GetCallerIdentity secretsmanager:GetSecretValue iam:SimulatePrincipalPolicy',
    ],
    [
      'use',
      'lambda:InvokeFunction sqs:SendMessage sns:Publish kms:Decrypt kms:GenerateDataKey sts:AssumeRole iam:PassRole bedrock:InvokeModel states:StartExecution',
    ],
    [
      'write',
      's3:PutObject ec2:RunInstances lambda:UpdateFunctionCode dynamodb:PutItem ssm:SendCommand ssm:StartSession s3:DeleteBucket cloudtrail:StopLogging kms:ScheduleKeyDeletion',
    ],
    [
      'admin',
      'iam:CreateUser iam:AttachUserPolicy s3:PutBucketPolicy s3:PutObjectAcl lambda:AddPermission kms:CreateGrant kms:PutKeyPolicy sqs:SetQueueAttributes organizations:LeaveOrganization sns:AddPermission secretsmanager:PutResourcePolicy eks:CreateAccessEntry',
    ],
  ] as const)('%s', (level, actions) => {
    for (const action of actions.split(' ')) expect([action, actionLevel(action)]).toEqual([action, level]);
  });

  it.each([
    ['s3:Get*', 'read'],
    ['ec2:Describe*', 'read'],
    ['s3:List*', 'read'],
    ['*:Get*', 'read'],
    // Describe and DeleteNetworkInterfacePermission both begin so: the gravest one counts.
    ['ec2:De*', 'admin'],
    ['ec2:St*', 'write'],
    ['s3:Put*', 'admin'],
    ['lambda:Invoke*', 'use'],
    ['s3:*', 'admin'],
    ['*', 'admin'],
    ['s3:*Object', 'write'],
    ['iam:Pass*', 'use'],
    ['iam:Create*', 'admin'],
  ] as const)('of the pattern %s is %s', (action, level) => {
    expect(actionLevel(action)).toBe(level);
  });

  it('does not regard case', () => {
    expect(actionLevel('S3:GETOBJECT')).toBe('read');
  });
});

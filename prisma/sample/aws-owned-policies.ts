import type { JsonObject } from '#lib/core/json.ts';
import { awsManagedPolicy } from './accounts.ts';
import { document, type Statement } from './iam-model.ts';
import { Random } from './random.ts';

/** Statements of the AWS-owned policies that the organisation attaches; the real ones are longer. */
const AWS_OWNED: ReadonlyMap<string, Statement[]> = new Map([
  ['AdministratorAccess', [{ Effect: 'Allow', Action: '*', Resource: '*' }]],
  [
    'ReadOnlyAccess',
    [
      {
        Effect: 'Allow',
        Action: ['ec2:Describe*', 's3:List*', 'iam:Get*', 'iam:List*', 'logs:Get*', 'rds:Describe*'],
        Resource: '*',
      },
    ],
  ],
  [
    'job-function/ViewOnlyAccess',
    [
      {
        Effect: 'Allow',
        Action: ['ec2:Describe*', 's3:ListAllMyBuckets', 'iam:List*', 'rds:Describe*'],
        Resource: '*',
      },
    ],
  ],
  [
    'AmazonSSMManagedInstanceCore',
    [
      {
        Effect: 'Allow',
        Action: [
          'ssm:UpdateInstanceInformation',
          'ssmmessages:CreateControlChannel',
          'ec2messages:GetMessages',
        ],
        Resource: '*',
      },
    ],
  ],
  [
    'AmazonEKSWorkerNodePolicy',
    [
      {
        Effect: 'Allow',
        Action: ['ec2:DescribeInstances', 'ec2:DescribeRouteTables', 'eks:DescribeCluster'],
        Resource: '*',
      },
    ],
  ],
  [
    'service-role/AWSLambdaBasicExecutionRole',
    [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  ],
]);

/** The policies of AWS that are attached anywhere, as they stand among an account's policies. */
export function awsOwnedPolicies(counts: ReadonlyMap<string, number>): JsonObject[] {
  const prefix = awsManagedPolicy('');
  return [...counts]
    .filter(([arn]) => arn.startsWith(prefix))
    .map(([arn, count]) => {
      const path = arn.slice(prefix.length);
      const slash = path.lastIndexOf('/') + 1;
      return {
        PolicyName: path.slice(slash),
        PolicyId: new Random(0, arn).awsId('ANPA'),
        Arn: arn,
        Path: `/${path.slice(0, slash)}`,
        DefaultVersionId: 'v3',
        AttachmentCount: count,
        PermissionsBoundaryUsageCount: 0,
        IsAttachable: true,
        CreateDate: '2015-02-06T18:39:46+00:00',
        UpdateDate: '2023-10-10T17:00:00+00:00',
        PolicyVersionList: [
          {
            Document: document(AWS_OWNED.get(path) ?? serviceLinkedStatements(path)),
            VersionId: 'v3',
            IsDefaultVersion: true,
            CreateDate: '2023-10-10T17:00:00+00:00',
          },
        ],
      };
    });
}

/** A service-linked role may do what its service needs in order to look after its own things. */
function serviceLinkedStatements(path: string): Statement[] {
  const service = /Amazon(\w+)ServiceRolePolicy/.exec(path)?.[1]?.toLowerCase() ?? 'support';
  return [{ Effect: 'Allow', Action: [`${service}:Describe*`, 'ec2:DescribeSubnets'], Resource: '*' }];
}

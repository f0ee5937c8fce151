import { CANARY } from '../canary.ts';

const A = '111111111111';
const document = (action: unknown, more = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'S', Effect: 'Allow', Action: action, Resource: ['*', 'arn:aws:s3:::b/*'], ...more }],
});

const ACCOUNT = {
  UserDetailList: [
    {
      UserName: 'u',
      UserId: 'AIDAAAAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${A}:user/u`,
      CreateDate: '2024-01-01T00:00:00Z',
      GroupList: ['g'],
      Tags: [
        { Key: 'owner', Value: 'jo@example.com' },
        { Key: 'api-token', Value: CANARY },
      ],
      UserPolicyList: [{ PolicyName: 'i', PolicyDocument: document(['iam:*', 's3:Get*']) }],
      AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: `arn:aws:iam::${A}:policy/p` }],
      PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${A}:policy/p` },
      LoginProfile: { Password: CANARY },
    },
  ],
  GroupDetailList: [
    {
      GroupName: 'g',
      GroupId: 'AGPAAAAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${A}:group/g`,
      GroupPolicyList: [
        {
          PolicyName: 'd',
          PolicyDocument: document('*', { Effect: 'Deny', Condition: { Bool: { x: 'true' } } }),
        },
      ],
    },
  ],
  RoleDetailList: [
    {
      RoleName: 'r',
      RoleId: 'AROAAAAAAAAAAAAAAAAA',
      Path: '/team/',
      Arn: `arn:aws:iam::${A}:role/team/r`,
      RoleLastUsed: { LastUsedDate: '2024-01-01T00:00:00Z', Region: 'eu-west-1' },
      InstanceProfileList: [{ InstanceProfileName: 'ip', Arn: `arn:aws:iam::${A}:instance-profile/ip` }],
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [`arn:aws:iam::${A}:root`, `arn:aws:sts::${A}:assumed-role/r/s`] },
            Action: 'sts:AssumeRole',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'ec2.amazonaws.com' },
            Action: ['sts:AssumeRole'],
            Condition: { StringEquals: { k: ['v'] } },
          },
        ],
      },
      RolePolicyList: [
        { PolicyName: 'i', PolicyDocument: encodeURIComponent(JSON.stringify(document('*'))) },
      ],
    },
  ],
  Policies: [
    {
      PolicyName: 'p',
      Arn: `arn:aws:iam::${A}:policy/p`,
      DefaultVersionId: 'v1',
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: true,
          Document: document(undefined, { NotAction: ['iam:Create*'] }),
        },
      ],
    },
  ],
  IsTruncated: false,
};

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  ...ACCOUNT.UserDetailList,
  ...ACCOUNT.GroupDetailList,
  ...ACCOUNT.RoleDetailList,
  ...ACCOUNT.Policies,
  ACCOUNT,
];

import type { JsonObject } from '#lib/core/json.ts';
import { awsManagedPolicy, iamArn, REGION, type Account } from './accounts.ts';
import {
  groupArn,
  policyArn,
  roleArn,
  userArn,
  type ManagedPolicy,
  type Role,
  type Statement,
  type User,
  type UserGroup,
} from './iam-model.ts';
import type { Calendar } from './calendar.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

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

const document = (statements: Statement[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements as unknown as JsonObject[],
});
const attachment = (arn: string): JsonObject => ({
  PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
  PolicyArn: arn,
});
const tagList = (tags: ReadonlyMap<string, string>): JsonObject[] =>
  [...tags].map(([Key, Value]) => ({ Key, Value }));
const boundary = (arn: string | null): JsonObject =>
  arn === null
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };

/** One account as `aws iam get-account-authorization-details` prints it. */
export function authorizationDetails(world: World, account: Account): JsonObject {
  const { calendar } = world;
  const roles = world.roles.filter((role) => role.account === account);
  const users = world.users.filter((user) => user.account === account);
  const groups = world.groups.filter((group) => group.account === account);
  const owned = world.policies.filter((policy) => policy.account === account);
  const counts = attachmentCounts([...roles, ...users, ...groups]);
  return {
    UserDetailList: users.map((user) => userDetail(user, calendar)),
    GroupDetailList: groups.map((group) => groupDetail(group, calendar)),
    RoleDetailList: roles.map((role) => roleDetail(role, calendar)),
    Policies: [...owned.map((policy) => policyDetail(policy, counts, calendar)), ...awsOwnedPolicies(counts)],
  };
}

function attachmentCounts(holders: readonly { attached: string[] }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { attached } of holders) for (const arn of attached) counts.set(arn, (counts.get(arn) ?? 0) + 1);
  return counts;
}

function userDetail(user: User, calendar: Calendar): JsonObject {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: userArn(user),
    CreateDate: calendar.awsTime(user.createdDaysAgo, 31_000),
    ...(user.inline.length > 0
      ? {
          UserPolicyList: user.inline.map((policy) => ({
            PolicyName: policy.name,
            PolicyDocument: document(policy.statements),
          })),
        }
      : {}),
    GroupList: user.groups,
    AttachedManagedPolicies: user.attached.map(attachment),
    ...boundary(user.boundary),
    Tags: tagList(user.tags),
  };
}

const groupDetail = (group: UserGroup, calendar: Calendar): JsonObject => ({
  Path: '/',
  GroupName: group.name,
  GroupId: group.id,
  Arn: groupArn(group),
  CreateDate: calendar.awsTime(1500, 30_000),
  GroupPolicyList: [],
  AttachedManagedPolicies: group.attached.map(attachment),
});

function roleDetail(role: Role, calendar: Calendar): JsonObject {
  const head = {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: roleArn(role),
    CreateDate: calendar.awsTime(role.createdDaysAgo, 34_000),
    AssumeRolePolicyDocument: document(role.trust),
  };
  return {
    ...head,
    InstanceProfileList: role.instanceProfile ? [instanceProfile(role, head, calendar)] : [],
    RolePolicyList: role.inline.map((policy) => ({
      PolicyName: policy.name,
      PolicyDocument: document(policy.statements),
    })),
    AttachedManagedPolicies: role.attached.map(attachment),
    ...boundary(role.boundary),
    Tags: tagList(role.tags),
    RoleLastUsed:
      role.lastUsedDaysAgo === null
        ? {}
        : { LastUsedDate: calendar.awsTime(role.lastUsedDaysAgo, 43_200), Region: REGION },
  };
}

const instanceProfile = (role: Role, head: JsonObject, calendar: Calendar): JsonObject => ({
  Path: '/',
  InstanceProfileName: role.name,
  InstanceProfileId: role.id.replace('AROA', 'AIPA'),
  Arn: iamArn(role.account, `instance-profile/${role.name}`),
  CreateDate: calendar.awsTime(role.createdDaysAgo, 34_060),
  Roles: [head],
});

function policyDetail(
  policy: ManagedPolicy,
  counts: ReadonlyMap<string, number>,
  calendar: Calendar,
): JsonObject {
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policyArn(policy),
    Path: '/',
    DefaultVersionId: policy.versions.find((version) => version.isDefault)?.id ?? 'v1',
    AttachmentCount: counts.get(policyArn(policy)) ?? 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: calendar.awsTime(900, 30_000),
    UpdateDate: calendar.awsTime(200, 30_000),
    // AWS lists the newest version first.
    PolicyVersionList: [...policy.versions].reverse().map((version) => ({
      Document: document(version.statements),
      VersionId: version.id,
      IsDefaultVersion: version.isDefault,
      CreateDate: calendar.awsTime(version.isDefault ? 200 : 900, 30_000),
    })),
  };
}

function awsOwnedPolicies(counts: ReadonlyMap<string, number>): JsonObject[] {
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

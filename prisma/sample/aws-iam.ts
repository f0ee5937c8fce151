import type { JsonObject } from '#lib/core/json.ts';
import { iamArn, REGION, type Account } from './accounts.ts';
import { awsOwnedPolicies } from './aws-owned-policies.ts';
import {
  document,
  groupArn,
  policyArn,
  roleArn,
  userArn,
  type ManagedPolicy,
  type Role,
  type User,
  type UserGroup,
} from './iam-model.ts';
import type { Calendar } from './calendar.ts';
import type { World } from './world.ts';

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

import { collectValue } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import type { EdgeFact } from '../facts.ts';
import { awsIam } from './connector.ts';

/** Builders of small answers of get-account-authorization-details, for tests. */
export const A = '111111111111';
export const B = '222222222222';
export const arn = (rest: string, account = A): string => `arn:aws:iam::${account}:${rest}`;
export type Doc = Record<string, unknown>;
export const allow = (action: unknown, resource: unknown = '*', more: Doc = {}): Doc => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
export const policy = (name: string, ...statements: Doc[]): Doc => ({
  PolicyName: name,
  Arn: arn(`policy/${name}`),
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: { Statement: statements } }],
});
export const user = (name: string, more: Doc = {}): Doc => ({
  UserName: name,
  UserId: `AIDA${name.toUpperCase().padEnd(16, 'X')}`,
  Arn: arn(`user/${name}`),
  ...more,
});
export const inline = (...statements: Doc[]): Doc => ({
  UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: { Statement: statements } }],
});
export const attach = (...names: string[]): Doc => ({
  AttachedManagedPolicies: names.map((name) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) })),
});
export const role = (name: string, trust: Doc | Doc[], more: Doc = {}): Doc => ({
  RoleName: name,
  RoleId: `AROA${name.toUpperCase().padEnd(16, 'X')}`,
  Arn: arn(`role/${name}`),
  AssumeRolePolicyDocument: { Statement: trust },
  ...more,
});
export const trusts = (principal: unknown, more: Doc = {}): Doc => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

/** The facts of one answer with these lists, having kept the contract. */
export function read(
  lists: { users?: Doc[]; groups?: Doc[]; roles?: Doc[]; policies?: Doc[] } & Doc,
): Collected {
  const { users = [], groups = [], roles = [], policies = [], ...rest } = lists;
  const facts = collectValue(awsIam, {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles,
    Policies: policies,
    ...rest,
  });
  const broken = [...facts.breaches(), ...facts.doubles()];
  if (broken.length > 0) throw new Error(broken.join('\n'));
  return facts;
}

/** What the inline policy of a user grants. */
export const grants = (facts: Collected, name = 'u'): EdgeFact[] =>
  facts.edgesOf('grants', { from: `${arn(`user/${name}`)}#policy/inline` });

import type { JsonObject, JsonValue } from '#lib/core/json.ts';
import { iamArn, type Account } from './accounts.ts';

export type Statement = {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: JsonValue;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  Condition?: JsonObject;
};

export type InlinePolicy = { name: string; statements: Statement[] };

/** What the account's inventory and the traffic both need of a role. */
export type Role = {
  account: Account;
  path: string;
  name: string;
  id: string;
  description: string;
  trust: Statement[];
  inline: InlinePolicy[];
  /** ARNs of managed policies. */
  attached: string[];
  boundary: string | null;
  tags: Map<string, string>;
  createdDaysAgo: number;
  /** Null: never used as far as AWS tracks it. */
  lastUsedDaysAgo: number | null;
  instanceProfile: boolean;
};

export type AccessKey = {
  id: string;
  /** A slot whose key was deleted stays empty. */
  state: 'active' | 'inactive' | 'deleted';
  rotatedDaysAgo: number;
  lastUsed: { daysAgo: number; service: string } | null;
};

export type User = {
  account: Account;
  name: string;
  id: string;
  path: string;
  groups: string[];
  inline: InlinePolicy[];
  attached: string[];
  boundary: string | null;
  tags: Map<string, string>;
  createdDaysAgo: number;
  /** First and second access-key slot. */
  keys: AccessKey[];
  console: { lastUsedDaysAgo: number; mfa: boolean } | null;
};

export type UserGroup = { account: Account; name: string; id: string; attached: string[] };

export type ManagedPolicy = {
  account: Account;
  name: string;
  id: string;
  /** Oldest first; the last but one may still be the default. */
  versions: { id: string; isDefault: boolean; statements: Statement[] }[];
};

export const roleArn = (role: Role): string => iamArn(role.account, `role${role.path}${role.name}`);
export const userArn = (user: User): string => iamArn(user.account, `user${user.path}${user.name}`);
export const groupArn = (group: UserGroup): string => iamArn(group.account, `group/${group.name}`);
export const policyArn = (policy: ManagedPolicy): string => iamArn(policy.account, `policy/${policy.name}`);

export const allow = (
  actions: string[],
  resources: string | string[],
  condition?: JsonObject,
): Statement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition ? { Condition: condition } : {}),
});

export const deny = (actions: string[], resources: string | string[], condition?: JsonObject): Statement => ({
  ...allow(actions, resources, condition),
  Effect: 'Deny',
});

export const trust = (principal: JsonValue, condition?: JsonObject): Statement => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...(condition ? { Condition: condition } : {}),
});
export const trustService = (host: string): Statement => trust({ Service: host });

/** A policy document of these statements. */
export const document = (statements: Statement[]): JsonObject => ({
  Version: '2012-10-17',
  Statement: statements,
});

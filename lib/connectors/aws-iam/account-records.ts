import { isObject } from '#lib/core/json.ts';
import { type Arn, parseArn } from '../aws/arn.ts';
import { objectsOf, textField, textsOf } from '../aws/read-fields.ts';
import { field } from '../read-value.ts';
import { readTags, type Tags } from '../aws/tags.ts';
import { RejectedRecord } from '../connector.ts';
import type { IsoTime } from '../facts.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { isoTime } from '../time.ts';
import { readPolicy, readTrust, type Statement, type TrustStatement } from './policy-document.ts';

type InlinePolicy = { name: string; statements: Statement[] };

export type PrincipalRecord = {
  list: 'user' | 'group' | 'role';
  arn: string;
  account: string;
  name: string;
  /** AIDA…, AROA…, AGPA…: never given twice, unlike names. */
  uniqueId: string | undefined;
  path: string;
  createdAt: IsoTime | null;
  lastUsedAt: IsoTime | null;
  lastUsedRegion: string | undefined;
  hasPassword: boolean;
  tags: Tags;
  purpose: string | undefined;
  attached: readonly string[];
  inline: readonly InlinePolicy[];
  boundary: string | undefined;
  /** Names of groups; users alone have them. */
  groups: readonly string[];
  trust: readonly TrustStatement[];
  instanceProfiles: readonly { arn: string; name: string; createdAt: IsoTime | null }[];
};

export type PolicyRecord = {
  arn: string;
  /** `aws` for the policies that AWS maintains. */
  account: string;
  name: string;
  createdAt: IsoTime | null;
  updatedAt: IsoTime | null;
  versions: number;
  statements: readonly Statement[];
  tags: Tags;
};

/** IAM allows a path of 512 and a name of 128; keys made from an ARN must stay below the longest key. */
const ARN_BYTES_MAX = 720;
const isShort = (arn: string): boolean => Buffer.byteLength(arn) <= ARN_BYTES_MAX;

function requireArn(value: Record<string, unknown>): { text: string; arn: Arn } {
  const text = textField(value, 'Arn');
  const arn = text === undefined ? null : parseArn(text);
  if (text === undefined || arn === null || arn.account === '')
    throw new RejectedRecord('The record has no ARN with an account.');
  if (!isShort(text)) throw new RejectedRecord('The ARN is too long.');
  return { text, arn };
}

const LIST_WORDS = { user: 'User', group: 'Group', role: 'Role' } as const;

/** One element of UserDetailList, GroupDetailList or RoleDetailList. */
export function readPrincipal(list: PrincipalRecord['list'], value: unknown): PrincipalRecord {
  if (!isObject(value)) throw new RejectedRecord(`A ${list} is not an object.`);
  const word = LIST_WORDS[list];
  const { text, arn } = requireArn(value);
  const lastUsed = field(value, 'RoleLastUsed');
  const boundary = field(value, 'PermissionsBoundary');
  const trust = field(value, 'AssumeRolePolicyDocument');
  const description = textField(value, 'Description');
  return {
    list,
    arn: text,
    account: arn.account,
    name: textField(value, `${word}Name`) ?? arn.resource.slice(arn.resource.lastIndexOf('/') + 1),
    uniqueId: textField(value, `${word}Id`),
    path: textField(value, 'Path') ?? '/',
    createdAt: isoTime(field(value, 'CreateDate')),
    lastUsedAt: isObject(lastUsed) ? isoTime(field(lastUsed, 'LastUsedDate')) : null,
    lastUsedRegion: isObject(lastUsed) ? textField(lastUsed, 'Region') : undefined,
    hasPassword: isoTime(field(value, 'PasswordLastUsed')) !== null || isObject(field(value, 'LoginProfile')),
    tags: readTags(field(value, 'Tags')),
    purpose: description === undefined ? undefined : maskSecrets(description),
    attached: attachedArns(field(value, 'AttachedManagedPolicies')),
    inline: objectsOf(field(value, `${word}PolicyList`)).map(readInline),
    boundary: isObject(boundary) ? textField(boundary, 'PermissionsBoundaryArn') : undefined,
    groups: textsOf(field(value, 'GroupList')),
    trust: trust === undefined || trust === null ? [] : readTrust(trust),
    instanceProfiles: objectsOf(field(value, 'InstanceProfileList')).flatMap(readProfile),
  };
}

function attachedArns(value: unknown): string[] {
  const arns = objectsOf(value).flatMap((policy) => textField(policy, 'PolicyArn') ?? []);
  return [...new Set(arns)].filter(isShort);
}

function readInline(value: Record<string, unknown>): InlinePolicy {
  const name = textField(value, 'PolicyName') ?? 'unnamed';
  return {
    name: name.slice(0, 128).toWellFormed(),
    statements: readPolicy(name, field(value, 'PolicyDocument')),
  };
}

function readProfile(value: Record<string, unknown>): PrincipalRecord['instanceProfiles'] {
  const arn = textField(value, 'Arn');
  if (arn === undefined || parseArn(arn) === null || !isShort(arn)) return [];
  const name = textField(value, 'InstanceProfileName') ?? arn;
  return [{ arn, name, createdAt: isoTime(field(value, 'CreateDate')) }];
}

/** One element of Policies. The version that counts is the default one, wherever it stands in the list. */
export function readManagedPolicy(value: unknown): PolicyRecord {
  if (!isObject(value)) throw new RejectedRecord('A policy is not an object.');
  const { text, arn } = requireArn(value);
  const name = textField(value, 'PolicyName') ?? arn.resource.slice(arn.resource.lastIndexOf('/') + 1);
  const versions = objectsOf(field(value, 'PolicyVersionList'));
  const wanted = textField(value, 'DefaultVersionId');
  const current =
    versions.find((version) => isTrue(field(version, 'IsDefaultVersion'))) ??
    versions.find((version) => textField(version, 'VersionId') === wanted);
  if (current === undefined) throw new RejectedRecord(`Policy ${text} has no default version in the file.`);
  return {
    arn: text,
    account: arn.account,
    name,
    createdAt: isoTime(field(value, 'CreateDate')),
    updatedAt: isoTime(field(value, 'UpdateDate')),
    versions: versions.length,
    statements: readPolicy(name, field(current, 'Document')),
    tags: readTags(field(value, 'Tags')),
  };
}

const isTrue = (value: unknown): boolean =>
  value === true || (typeof value === 'string' && value.toLowerCase() === 'true');

import { createHash } from 'node:crypto';
import { awsManagedPolicyKey } from '#lib/core/keys.ts';
import type { PolicyRecord, PrincipalRecord } from './account-records.ts';
import type { ConditionContext } from './conditions.ts';
import { Permissions } from './permissions.ts';
import type { Statement } from './policy-document.ts';

/** All that the records of a run say of the accounts in it, with the look-ups that joining them needs. */
export class Accounts {
  readonly principals = new Map<string, PrincipalRecord>();
  readonly policies = new Map<string, PolicyRecord>();
  readonly context: ConditionContext;
  readonly #byName = new Map<string, PrincipalRecord>();
  readonly #byUniqueId = new Map<string, PrincipalRecord>();
  readonly #parts = new Map<string, readonly PrincipalRecord[]>();
  readonly #permissions = new Map<string, Permissions>();

  constructor(now: Date) {
    this.context = { now };
  }

  addPrincipal(record: PrincipalRecord): void {
    this.principals.set(record.arn, record);
    this.#parts.clear();
    this.#byName.set(`${record.account}/${record.list}/${record.name}`, record);
    if (record.uniqueId !== undefined) this.#byUniqueId.set(record.uniqueId, record);
  }

  addPolicy(record: PolicyRecord): void {
    this.policies.set(record.arn, record);
  }

  /** Names are unique per account and list, whatever the path. */
  named(account: string, list: PrincipalRecord['list'], name: string): PrincipalRecord | undefined {
    return this.#byName.get(`${account}/${list}/${name}`);
  }

  byUniqueId(id: string): PrincipalRecord | undefined {
    return this.#byUniqueId.get(id);
  }

  groupsOf(user: PrincipalRecord): PrincipalRecord[] {
    return user.groups.flatMap((name) => this.named(user.account, 'group', name) ?? []);
  }

  ofAccount(account: string, list?: PrincipalRecord['list']): readonly PrincipalRecord[] {
    const part = `${account}/${list ?? ''}`;
    const known = this.#parts.get(part);
    if (known !== undefined) return known;
    const made = [...this.principals.values()].filter(
      (record) => record.account === account && (list === undefined || record.list === list),
    );
    this.#parts.set(part, made);
    return made;
  }

  accountIds(): string[] {
    return [...new Set([...this.principals.values()].map((record) => record.account))];
  }

  /** Statements of the managed and inline policies that the principal itself holds. */
  ownStatements(record: PrincipalRecord): Statement[] {
    const managed = record.attached.flatMap((arn) => this.policies.get(arn)?.statements ?? []);
    return [...managed, ...record.inline.flatMap((policy) => policy.statements)];
  }

  /** Statements of the principal and of its groups. */
  allStatements(record: PrincipalRecord): Statement[] {
    return [record, ...this.groupsOf(record)].flatMap((holder) => this.ownStatements(holder));
  }

  /** The boundary's statements; null without one, or with one that is not in the file: then it limits nothing known. */
  boundaryOf(record: PrincipalRecord): readonly Statement[] | null {
    if (record.boundary === undefined) return null;
    return this.policies.get(record.boundary)?.statements ?? null;
  }

  permissionsOf(record: PrincipalRecord): Permissions {
    const known = this.#permissions.get(record.arn);
    if (known !== undefined) return known;
    const made = new Permissions(this.allStatements(record), this.boundaryOf(record), this.context);
    this.#permissions.set(record.arn, made);
    return made;
  }
}

/** Principals of an account whose policies let them assume some role: few of many, so they are looked for once. */
export class Assumers {
  readonly #accounts: Accounts;
  readonly #known = new Map<string, readonly PrincipalRecord[]>();

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  of(account: string): readonly PrincipalRecord[] {
    const known = this.#known.get(account);
    if (known !== undefined) return known;
    const made = this.#accounts
      .ofAccount(account)
      .filter(
        (record) =>
          record.list !== 'group' && this.#accounts.permissionsOf(record).anywhere('sts:AssumeRole') !== null,
      );
    this.#known.set(account, made);
    return made;
  }
}

/** The key of a policy as it takes effect in an account: AWS's own policies are one text in many accounts. */
export function policyKey(arn: string, account: string): string {
  return arn.includes(':iam::aws:policy/') ? awsManagedPolicyKey(account, arn) : arn;
}

/** So long an ARN or a name that holds two of them still leaves room for the name of an inline policy. */
const VARIANT_LENGTH_MAX = 760;

/** The key of a policy or a group as one holder feels it. */
export function variantKey(key: string, holder: string): string {
  const plain = `${key}#for/${holder}`;
  if (plain.length <= VARIANT_LENGTH_MAX) return plain;
  return `${key.slice(0, 600)}#for/${createHash('sha256').update(plain).digest('hex')}`;
}

export const iamScope = (account: string): string => `aws:${account}:iam`;

import type { JsonObject } from '#lib/core/json.ts';
import { fitsKey } from '#lib/core/keys.ts';
import { covers, overlaps } from '../aws/glob.ts';
import { parseArn } from '../aws/arn.ts';
import { inAccount } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, Assumers, iamScope } from './account.ts';
import type { PrincipalRecord } from './account-records.ts';
import { conditionsHold, conditionWords } from './conditions.ts';
import type { TrustStatement } from './policy-document.ts';
import { trustedPrincipal, type TrustedPrincipal } from './trust-principals.ts';

/** Roles that a principal may assume, by its ARN, as the trust policies and its own say. */
export class Assumable {
  readonly assumers: Assumers;
  readonly #roles = new Map<string, Set<string>>();

  constructor(accounts: Accounts) {
    this.assumers = new Assumers(accounts);
  }

  add(principal: string, role: string): void {
    const known = this.#roles.get(principal);
    if (known === undefined) this.#roles.set(principal, new Set([role]));
    else known.add(role);
  }

  by(principal: string): ReadonlySet<string> {
    return this.#roles.get(principal) ?? new Set();
  }
}

const ASSUME = 'sts:assumerole*';

/** Who may assume the role: an `assumes` edge per trusted principal and statement. */
export function emitTrust(
  sink: FactSink,
  accounts: Accounts,
  role: PrincipalRecord,
  assumable: Assumable,
): void {
  const denied = deniedPrincipals(accounts, role);
  for (const statement of role.trust) {
    const holds = conditionsHold(statement.conditions, accounts.context);
    const actions = statement.actions.filter((action) => overlaps(action.toLowerCase(), ASSUME));
    if (!statement.allow || holds === 'never' || actions.length === 0) continue;
    const conditions = holds === 'always' ? [] : conditionWords(statement.conditions);
    for (const principal of once(trustedBy(accounts, statement))) {
      if (!fitsKey(principal.node.key)) continue;
      if (denied.has(principal.node.key)) continue;
      const words = [...conditions, ...principal.conditions, ...ownLeave(accounts, principal.node.key, role)];
      sink.node(principal.node);
      emitAssumes(sink, role, principal.node.key, statement, words, denied.size > 0);
      assumable.add(principal.node.key, role.arn);
      if (principal.account === undefined) continue;
      for (const record of assumable.assumers.of(principal.account))
        emitByOwnPolicies(sink, accounts, { role, statement, record, conditions: words }, assumable);
    }
  }
}

/** A statement may name one principal several times, as itself and as one of its sessions: the widest counts. */
function once(principals: readonly TrustedPrincipal[]): Iterable<TrustedPrincipal> {
  const widest = new Map<string, TrustedPrincipal>();
  for (const principal of principals) {
    const known = widest.get(principal.node.key);
    if (known === undefined || principal.conditions.length < known.conditions.length)
      widest.set(principal.node.key, principal);
  }
  return widest.values();
}

function trustedBy(accounts: Accounts, statement: TrustStatement): TrustedPrincipal[] {
  if (!statement.inverted)
    return statement.principals.map(({ form, value }) => trustedPrincipal(accounts, form, value));
  const except = statement.principals.map((principal) => principal.value).join(', ');
  const anyone = trustedPrincipal(accounts, 'AWS', '*');
  return [{ ...anyone, conditions: [`everyone except ${except}`.slice(0, 300)] }];
}

function deniedPrincipals(accounts: Accounts, role: PrincipalRecord): Set<string> {
  const denied = new Set<string>();
  for (const statement of role.trust) {
    const wholly =
      !statement.allow &&
      !statement.inverted &&
      statement.actions.some((action) => covers(action.toLowerCase(), 'sts:assumerole')) &&
      conditionsHold(statement.conditions, accounts.context) === 'always';
    if (!wholly) continue;
    for (const { form, value } of statement.principals) {
      const principal = trustedPrincipal(accounts, form, value);
      if (principal.conditions.length === 0) denied.add(principal.node.key);
    }
  }
  return denied;
}

function emitAssumes(
  sink: FactSink,
  role: PrincipalRecord,
  from: string,
  statement: TrustStatement,
  conditions: readonly string[],
  limited: boolean,
  extra: JsonObject = {},
): void {
  const all = conditionWords(statement.conditions);
  const words = [...new Set([...conditions, ...all])];
  sink.edge(
    {
      from,
      kind: 'assumes',
      to: role.arn,
      qualifier: `trust ${statement.name}${extra['resolved'] === true ? ', by its own policies' : ''}`,
      ...(conditions.length > 0 ? { conditional: true } : {}),
      ...(limited ? { limited: true } : {}),
      props: {
        actions: [...statement.actions],
        ...(words.length > 0 ? { conditions: words } : {}),
        ...(limited ? { limitedBy: ['a Deny of the trust policy'] } : {}),
        ...extra,
      },
    },
    iamScope(role.account),
  );
}

/** Across accounts the principal's own policies must allow it too. */
function ownLeave(accounts: Accounts, from: string, role: PrincipalRecord): string[] {
  const record = accounts.principals.get(from);
  if (record === undefined || record.account === role.account) return [];
  const verdict = accounts.permissionsOf(record).on('sts:AssumeRole', role.arn);
  return verdict === null ? ['its own policies allow it, which they do not now'] : [...verdict.conditions];
}

type AccountTrust = {
  role: PrincipalRecord;
  statement: TrustStatement;
  record: PrincipalRecord;
  conditions: readonly string[];
};

/** A trust in an account as a whole lets in whoever its own policies allow: these are named one by one too. */
function emitByOwnPolicies(
  sink: FactSink,
  accounts: Accounts,
  trust: AccountTrust,
  assumable: Assumable,
): void {
  const { role, statement, record } = trust;
  if (record.arn === role.arn) return;
  const verdict = accounts.permissionsOf(record).on('sts:AssumeRole', role.arn);
  if (verdict === null) return;
  const words = [...trust.conditions, ...verdict.conditions];
  emitAssumes(sink, role, record.arn, statement, words, false, {
    allowedBy: verdict.statement,
    resolved: true,
  });
  assumable.add(record.arn, role.arn);
}

/** Roles of other accounts that a policy names: whether they trust this principal is not in the file. */
export function emitForeignRoles(sink: FactSink, accounts: Accounts, record: PrincipalRecord): void {
  if (record.list === 'group') return;
  const permissions = accounts.permissionsOf(record);
  const named = new Set(permissions.allows.flatMap((statement) => statement.resources));
  for (const resource of named) {
    const arn = parseArn(resource);
    if (arn?.service !== 'iam' || !arn.resource.startsWith('role/') || !/^\d+$/.test(arn.account)) continue;
    if (arn.account === record.account || /[*?]/.test(resource) || accounts.principals.has(resource))
      continue;
    const verdict = permissions.on('sts:AssumeRole', resource);
    if (verdict === null || !fitsKey(resource)) continue;
    const name = resource.slice(resource.lastIndexOf('/') + 1);
    sink.node({ ...inAccount(arn.account), key: resource, kind: 'role', standing: 'reference', name });
    const conditions = [
      'the trust policy of that role, which is not in the file, lets it',
      ...verdict.conditions,
    ];
    sink.edge(
      {
        from: record.arn,
        kind: 'assumes',
        to: resource,
        qualifier: verdict.statement.slice(0, 500),
        conditional: true,
        props: { actions: ['sts:AssumeRole'], conditions, allowedBy: verdict.statement },
      },
      iamScope(record.account),
    );
  }
}

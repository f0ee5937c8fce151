import { inAccount } from '../aws/state-nodes.ts';
import { claimOwners, taggedFacts } from '../aws/tags.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, iamScope, policyKey } from './account.ts';
import type { PolicyRecord, PrincipalRecord } from './account-records.ts';
import { subtractDenies, withinBoundary } from './effective-statements.ts';
import { emitGrants } from './grant-edges.ts';
import type { Statement } from './policy-document.ts';

/**
 * Managed policies as nodes with what they grant by themselves. One that AWS maintains takes effect in each account
 * that attaches it, so it is one node per account; one that nobody attaches is a node that grants nothing.
 */
export function emitManagedPolicies(sink: FactSink, accounts: Accounts): void {
  const users = accountsByPolicy(accounts);
  for (const policy of accounts.policies.values()) {
    const attachedIn = users.get(policy.arn) ?? new Set<string>();
    if (policy.account !== 'aws') attachedIn.add(policy.account);
    if (attachedIn.size === 0) emitUnattached(sink, policy);
    for (const account of attachedIn) {
      const key = policyKey(policy.arn, account);
      const scope = iamScope(account);
      emitPolicyNode(sink, policy, account, key);
      const denies = policy.statements.filter((statement) => !statement.allow);
      emitGrants(
        sink,
        { key, account, scope },
        subtractDenies(allowsOf(policy.statements), denies, accounts.context),
        accounts.context,
      );
    }
  }
}

const allowsOf = (statements: readonly Statement[]): Statement[] =>
  statements.filter((statement) => statement.allow);

function accountsByPolicy(accounts: Accounts): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const record of accounts.principals.values()) {
    for (const arn of record.boundary === undefined
      ? record.attached
      : [...record.attached, record.boundary]) {
      const known = users.get(arn);
      if (known === undefined) users.set(arn, new Set([record.account]));
      else known.add(record.account);
    }
  }
  return users;
}

function emitUnattached(sink: FactSink, policy: PolicyRecord): void {
  sink.node({
    key: policy.arn,
    kind: 'policy',
    standing: 'inventory',
    type: 'aws_managed',
    name: policy.name,
    provider: 'aws',
    managed: true,
    props: { arn: policy.arn },
  });
}

function emitPolicyNode(sink: FactSink, policy: PolicyRecord, account: string, key: string): void {
  const scope = iamScope(account);
  const byAws = policy.account === 'aws';
  sink.node(
    {
      ...inAccount(account),
      ...taggedFacts(policy.tags),
      key,
      kind: 'policy',
      standing: 'inventory',
      type: byAws ? 'aws_managed' : 'customer_managed',
      name: policy.name,
      ...(byAws ? { managed: true } : {}),
      ...(policy.createdAt === null ? {} : { createdAt: policy.createdAt }),
      props: { arn: policy.arn, statements: policy.statements.length, versions: policy.versions },
    },
    scope,
  );
  claimOwners(sink, key, policy.tags, scope);
}

/** The policies of one principal: attached ones, inline ones, each as far as denies and the boundary leave it. */
export function emitAttachments(sink: FactSink, accounts: Accounts, record: PrincipalRecord): void {
  const all = accounts.allStatements(record);
  const boundary = accounts.boundaryOf(record);
  const effective = (own: readonly Statement[]): Statement[] => {
    const denies = [...all, ...(boundary ?? [])].filter((statement) => !statement.allow);
    const left = subtractDenies(allowsOf(own), denies, accounts.context);
    return boundary === null ? left : withinBoundary(left, boundary);
  };
  for (const arn of record.attached) {
    const policy = accounts.policies.get(arn);
    if (policy === undefined) attachAbsent(sink, record, arn);
    else attachManaged(sink, accounts, record, policy, effective(policy.statements));
  }
  for (const inline of record.inline) {
    const key = `${record.arn}#policy/${inline.name}`;
    const scope = iamScope(record.account);
    const node = { ...inAccount(record.account), key, kind: 'policy', standing: 'inventory' } as const;
    sink.node({ ...node, type: 'inline', name: inline.name, props: { inlineIn: record.arn } }, scope);
    sink.edge({ from: record.arn, kind: 'attached', to: key, props: { inline: true } }, scope);
    const owner = { key, account: record.account, scope };
    emitGrants(sink, owner, effective(inline.statements), accounts.context);
  }
}

/** A dump that was filtered leaves attached policies out: the attachment is known, what it grants is not. */
function attachAbsent(sink: FactSink, record: PrincipalRecord, arn: string): void {
  const key = policyKey(arn, record.account);
  sink.unknown('attached policy that is not in the file');
  sink.node({
    ...inAccount(record.account),
    key,
    kind: 'policy',
    standing: 'reference',
    name: arn,
    props: { arn },
  });
  sink.edge({ from: record.arn, kind: 'attached', to: key, props: { arn } }, iamScope(record.account));
}

/**
 * Where a deny of another policy or the boundary takes away from what a shared policy grants to this principal, it is
 * attached to a variant of the policy that grants what is left, so that nobody is shown to hold what is denied.
 */
function attachManaged(
  sink: FactSink,
  accounts: Accounts,
  record: PrincipalRecord,
  policy: PolicyRecord,
  left: readonly Statement[],
): void {
  const scope = iamScope(record.account);
  const shared = policyKey(policy.arn, record.account);
  const denies = policy.statements.filter((statement) => !statement.allow);
  const alone = subtractDenies(allowsOf(policy.statements), denies, accounts.context);
  if (sameStatements(alone, left)) {
    sink.edge({ from: record.arn, kind: 'attached', to: shared, props: { arn: policy.arn } }, scope);
    return;
  }
  const key = `${shared}#for/${record.arn}`;
  sink.node(
    {
      ...inAccount(record.account),
      key,
      kind: 'policy',
      standing: 'inventory',
      type: 'limited',
      name: `${policy.name}, as limited for ${record.name}`,
      props: { arn: policy.arn, limitedFor: record.arn },
    },
    scope,
  );
  const props = { arn: policy.arn, limitedBy: limitsBetween(record, left) };
  sink.edge({ from: record.arn, kind: 'attached', to: key, limited: true, props }, scope);
  emitGrants(sink, { key, account: record.account, scope }, left, accounts.context);
}

function limitsBetween(record: PrincipalRecord, left: readonly Statement[]): string[] {
  const named = [...new Set(left.flatMap((statement) => statement.limitedBy))];
  if (named.length > 0) return named.slice(0, 20);
  return record.boundary === undefined ? ['denies of its other policies'] : [`Boundary ${record.boundary}`];
}

function sameStatements(left: readonly Statement[], right: readonly Statement[]): boolean {
  const text = (statements: readonly Statement[]): string =>
    JSON.stringify(
      statements.map((statement) => [
        statement.name,
        statement.actions,
        statement.exceptActions,
        statement.resources,
        statement.exceptResources,
        statement.limitedBy,
      ]),
    );
  return text(left) === text(right);
}

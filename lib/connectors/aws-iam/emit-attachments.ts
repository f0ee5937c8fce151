import { inAccount } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, iamScope, policyKey, variantKey } from './account.ts';
import type { PolicyRecord, PrincipalRecord } from './account-records.ts';
import { allowsOf, deniesOf, subtractDenies, withinBoundary } from './effective-statements.ts';
import { emitGrants } from './grant-edges.ts';
import type { Statement } from './policy-document.ts';

/** Who a policy is attached to: a principal, or a group as one member feels it. */
type Holder = { key: string; name: string; account: string };

/** Leaves of statements what the denies and the boundary of a principal leave to it. */
type Limit = (own: readonly Statement[]) => Statement[];

/** The policies of one principal: attached ones, inline ones, each as far as denies and the boundary leave it. */
export function emitAttachments(sink: FactSink, accounts: Accounts, record: PrincipalRecord): void {
  const limit = limitOf(accounts, record);
  emitHoldings(
    sink,
    accounts,
    { key: record.arn, name: record.name, account: record.account },
    record,
    limit,
  );
  if (record.list === 'user') emitMemberships(sink, accounts, record, limit);
}

function limitOf(accounts: Accounts, record: PrincipalRecord): Limit {
  const boundary = accounts.boundaryOf(record);
  const denies = [...accounts.allStatements(record), ...(boundary ?? [])].filter(
    (statement) => !statement.allow,
  );
  return (own) => {
    const left = subtractDenies(allowsOf(own), denies, accounts.context);
    return boundary === null ? left : withinBoundary(left, boundary);
  };
}

function emitHoldings(
  sink: FactSink,
  accounts: Accounts,
  holder: Holder,
  source: PrincipalRecord,
  limit: Limit,
): void {
  const scope = iamScope(holder.account);
  for (const arn of source.attached) {
    const policy = accounts.policies.get(arn);
    if (policy === undefined) attachAbsent(sink, holder, arn);
    else attachManaged(sink, accounts, holder, policy, limit(policy.statements));
  }
  for (const inline of source.inline) {
    const key = `${holder.key}#policy/${inline.name}`;
    const node = { ...inAccount(holder.account), key, kind: 'policy', standing: 'inventory' } as const;
    sink.node({ ...node, type: 'inline', name: inline.name, props: { inlineIn: source.arn } }, scope);
    sink.edge({ from: holder.key, kind: 'attached', to: key, props: { inline: true } }, scope);
    emitGrants(sink, { key, account: holder.account, scope }, limit(inline.statements), accounts.context);
  }
}

/**
 * A member inherits what its group holds. Where the member's own denies or boundary take away from that, it is a member
 * of a variant of the group that holds what is left.
 */
function emitMemberships(sink: FactSink, accounts: Accounts, user: PrincipalRecord, limit: Limit): void {
  const scope = iamScope(user.account);
  for (const name of new Set(user.groups)) {
    const group = accounts.named(user.account, 'group', name);
    if (group === undefined) {
      sink.unknown('IAM group that is not in the file');
      continue;
    }
    const own = accounts.ownStatements(group);
    if (sameStatements(limitOf(accounts, group)(own), limit(own))) {
      sink.edge({ from: user.arn, kind: 'member_of', to: group.arn }, scope);
      continue;
    }
    const key = variantKey(group.arn, user.arn);
    const holder = { key, name: `${group.name}, as limited for ${user.name}`, account: user.account };
    const node = {
      ...inAccount(user.account),
      key,
      kind: 'group',
      standing: 'inventory',
      type: 'limited',
    } as const;
    sink.node(
      { ...node, name: holder.name, managed: true, props: { arn: group.arn, limitedFor: user.arn } },
      scope,
    );
    sink.edge(
      { from: user.arn, kind: 'member_of', to: key, limited: true, props: { arn: group.arn } },
      scope,
    );
    emitHoldings(sink, accounts, holder, group, limit);
  }
}

/** A dump that was filtered leaves attached policies out: the attachment is known, what it grants is not. */
function attachAbsent(sink: FactSink, holder: Holder, arn: string): void {
  const key = policyKey(arn, holder.account);
  sink.unknown('attached policy that is not in the file');
  sink.node({
    ...inAccount(holder.account),
    key,
    kind: 'policy',
    standing: 'reference',
    name: arn,
    props: { arn },
  });
  sink.edge({ from: holder.key, kind: 'attached', to: key, props: { arn } }, iamScope(holder.account));
}

/**
 * Where a deny of another policy or the boundary takes away from what a shared policy grants to this principal, it is
 * attached to a variant of the policy that grants what is left, so that nobody is shown to hold what is denied.
 */
function attachManaged(
  sink: FactSink,
  accounts: Accounts,
  holder: Holder,
  policy: PolicyRecord,
  left: readonly Statement[],
): void {
  const scope = iamScope(holder.account);
  const shared = policyKey(policy.arn, holder.account);
  const alone = subtractDenies(allowsOf(policy.statements), deniesOf(policy.statements), accounts.context);
  if (sameStatements(alone, left)) {
    sink.edge({ from: holder.key, kind: 'attached', to: shared, props: { arn: policy.arn } }, scope);
    return;
  }
  const key = variantKey(shared, holder.key);
  sink.node(
    {
      ...inAccount(holder.account),
      key,
      kind: 'policy',
      standing: 'inventory',
      type: 'limited',
      name: `${policy.name}, as limited for ${holder.name}`,
      props: { arn: policy.arn, limitedFor: holder.key },
    },
    scope,
  );
  const props = { arn: policy.arn, limitedBy: limitWords(left) };
  sink.edge({ from: holder.key, kind: 'attached', to: key, limited: true, props }, scope);
  emitGrants(sink, { key, account: holder.account, scope }, left, accounts.context);
}

function limitWords(left: readonly Statement[]): string[] {
  const named = [...new Set(left.flatMap((statement) => statement.limitedBy))];
  return named.length > 0 ? named.slice(0, 20) : ['denies of other policies, or the permissions boundary'];
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

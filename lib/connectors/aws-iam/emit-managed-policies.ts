import { inAccount } from '../aws/state-nodes.ts';
import { claimOwners, taggedFacts } from '../aws/tags.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, iamScope, policyKey } from './account.ts';
import type { PolicyRecord } from './account-records.ts';
import { allowsOf, deniesOf, subtractDenies } from './effective-statements.ts';
import { emitGrants } from './grant-edges.ts';

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
      emitGrants(
        sink,
        { key, account, scope },
        subtractDenies(allowsOf(policy.statements), deniesOf(policy.statements), accounts.context),
        accounts.context,
      );
    }
  }
}

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

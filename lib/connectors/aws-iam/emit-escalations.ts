import { awsAccountKey, awsAdministratorKey } from '#lib/core/keys.ts';
import { inAccount } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, iamScope } from './account.ts';
import type { PrincipalRecord } from './account-records.ts';
import type { Assumable } from './emit-trust.ts';
import { findEscalations } from './find-escalations.ts';

/** `escalates` edges of one principal (what a group can do, its members can): to the principals that it can become, or to the account's administrator. */
export function emitEscalations(
  sink: FactSink,
  accounts: Accounts,
  record: PrincipalRecord,
  assumable: Assumable,
): void {
  const scope = iamScope(record.account);
  const escalations = findEscalations(accounts, record, assumable);
  if (escalations.some((found) => found.becomes === null)) stateAdministrator(sink, record.account);
  for (const found of escalations) {
    const to = found.becomes ?? awsAdministratorKey(record.account);
    sink.edge(
      {
        from: record.arn,
        kind: 'escalates',
        to,
        qualifier: found.technique.name,
        ...(found.conditions.length > 0 ? { conditional: true } : {}),
        props: {
          technique: found.technique.name,
          reference: found.technique.source,
          actions: [...found.actions],
          statements: [...found.statements],
          ...(found.conditions.length > 0 ? { conditions: [...found.conditions] } : {}),
        },
      },
      scope,
    );
  }
}

/** Whoever can write its own policy holds the account: a node that says so, instead of an edge to everything. */
function stateAdministrator(sink: FactSink, account: string): void {
  const key = awsAdministratorKey(account);
  const scope = iamScope(account);
  sink.node(
    {
      ...inAccount(account),
      key,
      kind: 'role',
      standing: 'inventory',
      type: 'administrator',
      name: `Administrator of account ${account}`,
      managed: true,
    },
    scope,
  );
  sink.edge(
    {
      from: key,
      kind: 'grants',
      to: awsAccountKey(account),
      level: 'admin',
      pattern: { tenant: account, glob: 'arn:*' },
      props: { actions: ['*'] },
    },
    scope,
  );
}

import { awsAccountKey, awsAdministratorKey } from '#lib/core/keys.ts';
import { inAccount } from '../aws/state-nodes.ts';
import type { FactSink } from '../connector.ts';
import { type Accounts, iamScope } from './account.ts';
import type { PrincipalRecord } from './account-records.ts';
import type { Assumable } from './emit-trust.ts';
import { type Escalation, findEscalations } from './find-escalations.ts';

/** `escalates` edges of every principal; what a group can do, its members can. */
export function emitEscalations(sink: FactSink, accounts: Accounts, assumable: Assumable): void {
  const administered = new Set<string>();
  for (const record of accounts.principals.values()) {
    const escalations = findEscalations(accounts, record, assumable);
    for (const escalation of escalations) emitEscalation(sink, record, escalation);
    if (escalations.some((escalation) => escalation.becomes === null)) administered.add(record.account);
  }
  for (const account of administered) stateAdministrator(sink, account);
}

/** To the principal that it can become, or to the account's administrator. */
function emitEscalation(sink: FactSink, record: PrincipalRecord, escalation: Escalation): void {
  const { technique, becomes, actions, statements, conditions } = escalation;
  sink.edge(
    {
      from: record.arn,
      kind: 'escalates',
      to: becomes ?? awsAdministratorKey(record.account),
      qualifier: technique.name,
      ...(conditions.length > 0 ? { conditional: true } : {}),
      props: {
        technique: technique.name,
        reference: technique.source,
        actions: [...actions],
        statements: [...statements],
        ...(conditions.length > 0 ? { conditions: [...conditions] } : {}),
      },
    },
    iamScope(record.account),
  );
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

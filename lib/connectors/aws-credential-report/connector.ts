import { awsAccountKey, awsRootUserKey, KEY_LENGTH_MAX } from '#lib/core/keys.ts';
import { parseArn } from '../aws/arn.ts';
import { accountNode, inAccount } from '../aws/state-nodes.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type SourceRecord,
} from '../connector.ts';
import { isoTime } from '../time.ts';
import { type ReportRow, reportRows } from './report-content.ts';
import { hasPassword, type ReportedCredential, reportedCredentials, usesMfa } from './report-credentials.ts';

/** `aws iam get-credential-report`: passwords, access keys and certificates of every user, and when they were used. */
export const awsCredentialReport: Connector = {
  name: 'aws-credential-report',
  title: 'AWS IAM credential report',
  kind: 'inventory',
  syntax: ['csv', 'json'],
  lists: [],
  recognise(sample) {
    const columns = /user,arn,user_creation_time,password_enabled/;
    if (sample.syntax === 'csv') return columns.test(sample.head) ? 1 : 0;
    if (!sample.keys.some((key) => key.toLowerCase() === 'content')) return 0;
    // The beginning of the header row in base64.
    return columns.test(sample.head) || sample.head.includes('dXNlcixhcm4s') ? 1 : 0;
  },
  open: (sink) => new ReportReader(sink),
};

class ReportReader implements Reader {
  readonly #sink: FactSink;
  /** Accounts by whether the row of the root user was there: every whole report has one. */
  readonly #accounts = new Map<string, boolean>();

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  record(record: SourceRecord): void {
    for (const row of reportRows(record.value)) this.#row(row);
  }

  #row(row: ReportRow): void {
    const text = row.get('arn') ?? '';
    const arn = parseArn(text);
    if (arn === null || text.length > KEY_LENGTH_MAX - 16)
      throw new RejectedRecord('The arn of the row is not an ARN.');
    const isRoot = arn.resource === 'root';
    const scope = `aws:${arn.account}:credentials`;
    this.#accounts.set(arn.account, isRoot || this.#accounts.get(arn.account) === true);
    const holder = isRoot ? awsRootUserKey(arn.account) : text;
    this.#stateHolder(row, holder, arn.account, isRoot);
    for (const credential of reportedCredentials(row))
      this.#stateCredential(credential, {
        holder,
        arn: text,
        account: arn.account,
        scope,
        mfa: usesMfa(row),
      });
  }

  #stateHolder(row: ReportRow, key: string, account: string, isRoot: boolean): void {
    const scope = `aws:${account}:credentials`;
    const createdAt = isoTime(row.get('user_creation_time'));
    this.#sink.node(
      {
        ...inAccount(account),
        key,
        kind: hasPassword(row) ? 'person' : 'service_account',
        standing: 'inventory',
        name: isRoot ? `Root user of ${account}` : (row.get('user') ?? key),
        ...(isRoot ? { type: 'root_user' } : {}),
        ...(createdAt === null ? {} : { createdAt }),
        props: { mfa: usesMfa(row) },
      },
      scope,
    );
    if (!isRoot) return;
    this.#sink.node(accountNode(account, 'inventory'), scope);
    const edge = { from: key, kind: 'grants', to: awsAccountKey(account), level: 'admin' } as const;
    this.#sink.edge(
      { ...edge, pattern: { tenant: account, glob: 'arn:*' }, props: { actions: ['*'] } },
      scope,
    );
  }

  #stateCredential(
    credential: ReportedCredential,
    of: { holder: string; arn: string; account: string; scope: string; mfa: boolean },
  ): void {
    const { slot, type, active, rotatedAt, expiresAt, lastUsedAt, everUsed } = credential;
    const key = `${of.arn}#${slot}`;
    this.#sink.node(
      {
        ...inAccount(of.account),
        key,
        kind: 'credential',
        standing: 'inventory',
        type,
        name: `${slot} of ${of.holder.slice(of.holder.lastIndexOf('/') + 1)}`,
        ...(rotatedAt === null ? {} : { rotatedAt }),
        ...(expiresAt === null ? {} : { expiresAt }),
        ...(lastUsedAt === null ? {} : { lastUsedAt }),
        ...(type === 'password' ? { boundTo: 'person' as const } : {}),
        props: { active, ...(everUsed === null ? {} : { everUsed }) },
      },
      of.scope,
    );
    this.#sink.edge({ from: of.holder, kind: 'holds', to: key }, of.scope);
    // A key that is switched off proves nothing until somebody switches it on.
    if (!active) return;
    const needsMfa = type === 'password' && of.mfa;
    this.#sink.edge(
      {
        from: key,
        kind: 'authenticates',
        to: of.holder,
        ...(needsMfa ? { conditional: true, props: { conditions: ['a second factor'] } } : {}),
      },
      of.scope,
    );
  }

  end(): void {
    for (const [account, complete] of this.#accounts)
      this.#sink.scope({ scope: `aws:${account}:credentials`, complete });
  }
}

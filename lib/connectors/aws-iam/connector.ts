import { isObject } from '#lib/core/json.ts';
import { onceSink } from '../aws/once-sink.ts';
import { field, list } from '../read-value.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  type ReadContext,
  RejectedRecord,
  type SourceRecord,
} from '../connector.ts';
import { Accounts, iamScope } from './account.ts';
import { type PrincipalRecord, readManagedPolicy, readPrincipal } from './account-records.ts';
import { emitEscalations } from './emit-escalations.ts';
import { emitAttachments } from './emit-attachments.ts';
import { emitManagedPolicies } from './emit-managed-policies.ts';
import { emitPrincipal, principalNode } from './emit-principals.ts';
import { Assumable, emitForeignRoles, emitTrust } from './emit-trust.ts';

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;

/** `aws iam get-account-authorization-details`: what every identity of an account may do. */
export const awsIam: Connector = {
  name: 'aws-iam',
  title: 'AWS IAM authorization details',
  kind: 'inventory',
  syntax: ['json'],
  lists: LISTS,
  recognise(sample) {
    const keys = new Set(sample.keys.map((key) => key.toLowerCase()));
    const lists = LISTS.filter((list) => keys.has(list.toLowerCase())).length;
    if (lists >= 2) return 1;
    if (keys.has('userdetaillist') || keys.has('roledetaillist') || keys.has('groupdetaillist')) return 0.95;
    return keys.has('policies') && /"PolicyVersionList"/i.test(sample.head) ? 0.8 : 0;
  },
  open: (sink, context) => new AwsIamReader(sink, context),
};

/** Holds the records of a run until its end: permissions are a join of all four lists, over all pages. */
class AwsIamReader implements Reader {
  readonly #sink: FactSink;
  readonly #complete: boolean;
  readonly #accounts: Accounts;
  #truncated = false;

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = onceSink(sink);
    this.#complete = context.complete;
    this.#accounts = new Accounts(context.asOf);
  }

  record({ value, list }: SourceRecord): void {
    this.#read(list, value);
  }

  #read(from: string | null, value: unknown): void {
    if (from === 'UserDetailList') this.#add(readPrincipal('user', value));
    else if (from === 'GroupDetailList') this.#add(readPrincipal('group', value));
    else if (from === 'RoleDetailList') this.#add(readPrincipal('role', value));
    else if (from === 'Policies') this.#accounts.addPolicy(readManagedPolicy(value));
    else this.#loose(value);
  }

  /** What stands in no list is a whole answer (as a line, or below other names), or told by the id that its kind has. */
  #loose(value: unknown): void {
    if (!isObject(value)) throw new RejectedRecord('The record is not an object.');
    const names = LISTS.filter((name) => Array.isArray(field(value, name)));
    for (const name of names) for (const element of list(field(value, name))) this.#read(name, element);
    if (names.length > 0) this.envelope(value);
    else if (field(value, 'RoleId') !== undefined) this.#add(readPrincipal('role', value));
    else if (field(value, 'UserId') !== undefined) this.#add(readPrincipal('user', value));
    else if (field(value, 'GroupId') !== undefined) this.#add(readPrincipal('group', value));
    else if (field(value, 'PolicyVersionList') !== undefined)
      this.#accounts.addPolicy(readManagedPolicy(value));
    else throw new RejectedRecord('The record is neither a user, a group, a role nor a policy of IAM.');
  }

  /** Stated at once, so that the pipeline's refusal of a name costs that record; what it may do comes at the end. */
  #add(record: PrincipalRecord): void {
    this.#sink.node(principalNode(record), iamScope(record.account));
    this.#accounts.addPrincipal(record);
  }

  envelope(members: Record<string, unknown>): void {
    const truncated = field(members, 'IsTruncated');
    if (truncated === true || truncated === 'true') this.#truncated = true;
  }

  end(): void {
    const accounts = this.#accounts;
    const sink = this.#sink;
    for (const record of accounts.principals.values()) emitPrincipal(sink, record);
    emitManagedPolicies(sink, accounts);
    const assumable = new Assumable(accounts);
    for (const record of accounts.principals.values()) {
      emitAttachments(sink, accounts, record);
      emitTrust(sink, accounts, record, assumable);
      emitForeignRoles(sink, accounts, record);
    }
    emitEscalations(sink, accounts, assumable);
    for (const account of accounts.accountIds())
      sink.scope({ scope: iamScope(account), complete: this.#complete || this.#isWhole(account) });
  }

  /**
   * One page of several, a dump filtered to some lists, or one without the policies that its principals hold does not
   * speak for the whole account, so what it lacks must not end.
   */
  #isWhole(account: string): boolean {
    if (this.#truncated || this.#accounts.ofAccount(account, 'role').length === 0) return false;
    return this.#accounts
      .ofAccount(account)
      .every((record) => record.attached.every((arn) => this.#accounts.policies.has(arn)));
  }
}

import { awsAccountKey, awsServiceKey, fitsKey } from '#lib/core/keys.ts';
import { accountNode, serviceNode } from '../aws/state-nodes.ts';
import { type FactSink, RejectedRecord } from '../connector.ts';
import type { EdgeFact, NodeFact } from '../facts.ts';

/** So many keys are remembered; past that the memory starts afresh, and a node is stated again, which does no harm. */
const REMEMBERED_MAX = 100_000;

/** States each node and edge of the log once, without making the fact when it was stated before. */
export class NodeMemory {
  readonly #sink: FactSink;
  readonly #stated = new Set<string>();
  #ofRecord: string[] = [];

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  /** Begins a record: what was stated before it is kept for good. */
  begin(): void {
    if (this.#ofRecord.length > 0) this.#ofRecord = [];
  }

  /** The record is rejected, and with it all that it stated: the next one that names the same must state it again. */
  forget(): void {
    for (const mark of this.#ofRecord) this.#stated.delete(mark);
  }

  /** True when the mark is new: the caller makes and states the fact. */
  isNew(mark: string): boolean {
    if (this.#stated.has(mark)) return false;
    if (this.#stated.size >= REMEMBERED_MAX) this.#stated.clear();
    this.#stated.add(mark);
    this.#ofRecord.push(mark);
    return true;
  }

  node(key: string, make: () => Omit<NodeFact, 'key' | 'standing'>): string {
    if (!fitsKey(key)) throw new RejectedRecord('A name in the record is too long for a key.');
    if (this.isNew(key)) this.#sink.node({ ...make(), key, standing: 'log' });
    return key;
  }

  edge(edge: EdgeFact): void {
    if (this.isNew(`${edge.from} ${edge.kind} ${edge.to}`)) this.#sink.edge(edge);
  }

  /** The node of a service in an account, below the account. */
  service(account: string, service: string): string {
    const key = awsServiceKey(account, service);
    if (!this.isNew(key)) return key;
    if (this.isNew(awsAccountKey(account))) this.#sink.node(accountNode(account, 'log'));
    this.#sink.node(serviceNode(account, service, 'log'));
    this.edge({ from: awsAccountKey(account), kind: 'contains', to: key });
    return key;
  }
}

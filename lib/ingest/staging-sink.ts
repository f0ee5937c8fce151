import { hash } from 'node:crypto';
import { RejectedRecord, type FactSink } from '#lib/connectors/connector.ts';
import type {
  AliasFact,
  ClaimFact,
  EdgeFact,
  NodeFact,
  ScopeFact,
  UsageEvent,
  WindowFact,
} from '#lib/connectors/facts.ts';
import { assertKey, assertText, assertTime } from './assert-fact.ts';
import { copyArray, copyBytes, copyRow } from './copy-text.ts';
import type { StageTable } from './stage-tables.ts';
import type { StageWriter } from './stage-writer.ts';

/** Statements that were seen lately and need not be staged again: a log names the same role in every record. */
const REMEMBERED_MAX = 50_000;
const FACT_CHARACTERS_MAX = 256 * 1024;
const UNKNOWN_NAMES_MAX = 1_000;
/** Clocks that run ahead are borne for this long; a time beyond is a broken clock or an attack. */
const CLOCK_SKEW_MS = 24 * 3600 * 1000;

/** Turns the facts of a reader into staging rows. Throws RejectedRecord for a fact that cannot be stored. */
export class StagingSink implements FactSink {
  readonly #writer: StageWriter;
  readonly #latest: number;
  /** Ordinal of the current record in the run; null after the last one. */
  record: number | null = null;
  /** Facts that the current record stated, staged or seen before. */
  stated = 0;
  readonly unknowns = new Map<string, number>();
  #unknownsOfRecord: string[] = [];
  #remembered = new Set<string>();
  #rememberedOfRecord: string[] = [];

  constructor(writer: StageWriter, now: Date) {
    this.#writer = writer;
    this.#latest = now.getTime() + CLOCK_SKEW_MS;
  }

  begin(record: number | null): void {
    this.record = record;
    this.stated = 0;
    this.#unknownsOfRecord = [];
    this.#rememberedOfRecord = [];
  }

  /** The current record is good. Returns the rows staged for it. */
  accept(): number {
    for (const what of this.#unknownsOfRecord) this.#countUnknown(what);
    for (const row of this.#rememberedOfRecord) this.#remembered.add(row);
    return this.#writer.release();
  }

  reject(): void {
    this.#writer.discard();
  }

  node(fact: NodeFact, scope?: string): void {
    const { key, kind, standing, ...rest } = fact;
    assertKey(key, 'a node key');
    for (const name of ['createdAt', 'rotatedAt', 'expiresAt', 'lastUsedAt'] as const)
      if (rest[name] !== undefined) assertTime(rest[name], name);
    this.#once('node', [key, optional(scope, 'scope'), kind, standing, json(rest)]);
  }

  edge(fact: EdgeFact, scope?: string): void {
    assertKey(fact.from, 'an edge’s left key');
    assertKey(fact.to, 'an edge’s right key');
    assertText(fact.qualifier ?? '', 'an edge’s qualifier', 500);
    const { pattern } = fact;
    this.#once('edge', [
      ...[fact.from, fact.to, fact.kind, fact.qualifier ?? '', optional(scope, 'scope'), fact.level],
      ...[fact.conditional ?? false, fact.limited ?? false, fact.props && json(fact.props)],
      ...[optional(pattern?.tenant, 'pattern'), optional(pattern?.glob, 'pattern')],
    ]);
  }

  event(event: UsageEvent): void {
    assertText(event.id, 'the event id', 1_000);
    assertTime(event.time, 'the event time');
    if (Date.parse(event.time) > this.#latest) throw new RejectedRecord('the event time lies in the future');
    const keys = [event.actor, event.credential, event.target, event.onBehalfOf, ...(event.chain ?? [])];
    for (const key of keys) if (key !== undefined) assertKey(key, 'a key of the event');
    const cells = [
      ...[
        event.actor,
        event.credential,
        event.target,
        event.onBehalfOf,
        limited(event.action, 500),
        event.outcome,
      ],
      ...[event.level, limited(event.session, 500), limited(event.issued, 500), limited(event.address, 500)],
      ...[limited(event.userAgent, 1_000), limited(event.trace, 500), limited(event.purpose, 1_000)],
      event.chain && event.chain.length > 0 ? copyArray(event.chain) : '{}',
    ];
    const content = copyRow(cells);
    const key = copyBytes(hash('sha256', event.id, 'buffer').subarray(0, 16));
    const digest = hash('sha256', `${event.time}\t${content}`, 'buffer').readBigInt64BE();
    const head = copyRow([this.record, event.time, key, digest, event.id]);
    this.stated += 1;
    this.#writer.hold('event', `${head.slice(0, -1)}\t${content}`);
  }

  claim(fact: ClaimFact, scope?: string): void {
    assertKey(fact.owner, 'an owner’s key');
    assertKey(fact.node, 'a claim’s key');
    assertText(fact.basis, 'a claim’s basis', 100);
    const confidence = Math.min(1, Math.max(0, fact.confidence));
    this.#once('claim', [
      ...[fact.owner, fact.node, fact.basis, limited(fact.evidence, 1_000), confidence],
      optional(scope, 'scope'),
    ]);
  }

  alias(fact: AliasFact): void {
    assertKey(fact.alias, 'an alias');
    assertKey(fact.key, 'an alias’s key');
    if (fact.alias !== fact.key) this.#once('alias', [fact.alias, fact.key]);
  }

  scope(fact: ScopeFact): void {
    assertText(fact.scope, 'a scope', 500);
    this.#once('scope', [fact.scope, fact.complete]);
  }

  window(fact: WindowFact): void {
    assertText(fact.scope, 'a scope', 500);
    assertTime(fact.from, 'a window');
    assertTime(fact.to, 'a window');
    if (Date.parse(fact.to) < Date.parse(fact.from))
      throw new RejectedRecord('a window ends before it begins');
    this.#once('window', [fact.scope, fact.from, fact.to]);
  }

  unknown(what: string): void {
    this.#unknownsOfRecord.push(what.slice(0, 200));
  }

  #countUnknown(what: string): void {
    const known = this.unknowns.size < UNKNOWN_NAMES_MAX || this.unknowns.has(what);
    const name = known ? what : 'and others';
    this.unknowns.set(name, (this.unknowns.get(name) ?? 0) + 1);
  }

  /** Stages a statement unless the very same was staged lately. */
  #once(table: StageTable, cells: readonly Cell[]): void {
    this.stated += 1;
    const content = copyRow(cells);
    const mark = `${table}\t${content}`;
    if (this.#remembered.has(mark)) return;
    if (this.#remembered.size >= REMEMBERED_MAX) this.#remembered.clear();
    this.#rememberedOfRecord.push(mark);
    this.#writer.hold(table, this.record === null ? `\\N\t${content}` : `${this.record}\t${content}`);
  }
}

type Cell = Parameters<typeof copyRow>[0][number];

/** A free text is cut rather than refused: what is too long in it is never what it is known by. */
function limited(text: string | undefined, most: number): string | undefined {
  if (text === undefined) return undefined;
  const cut = text.length > most ? text.slice(0, most) : text;
  return cut.includes('\0') ? cut.replaceAll('\0', '\uFFFD').toWellFormed() : cut.toWellFormed();
}

function optional(text: string | undefined, what: string): string | undefined {
  if (text !== undefined) assertText(text, what, 1_000);
  return text;
}

/** The text for a jsonb column, which sorts members itself. */
function json(value: object): string {
  const text = JSON.stringify(value);
  if (text.length > FACT_CHARACTERS_MAX)
    throw new RejectedRecord(`its facts are larger than ${FACT_CHARACTERS_MAX} characters`);
  if (text.includes('\\u0000') && /(?<!\\)(?:\\\\)*\\u0000/.test(text))
    throw new RejectedRecord('it holds a NUL character');
  if (text.includes('\\ud') && /(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(text))
    throw new RejectedRecord('it holds half of a surrogate pair');
  return text;
}

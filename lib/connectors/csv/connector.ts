import { createHash } from 'node:crypto';
import { isObject } from '#lib/core/json.ts';
import { personKey } from '#lib/core/keys.ts';
import { fits } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import {
  type Connector,
  type FactSink,
  type ReadContext,
  type Reader,
  RejectedRecord,
  type Sample,
  type SourceRecord,
} from '../connector.ts';
import type { EdgeFact, NodeFact, UsageEvent } from '../facts.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { defined, id, text } from '../read-value.ts';
import { environmentOf, readLabels, statedOwner } from '../stated-facts.ts';
import { isoTime } from '../time.ts';
import { edgeMeaning } from '../opengraph/edge-meaning.ts';
import { type CsvMapping, missingFields } from './mapping.ts';
import { edgeKindWord, isYes, levelWord, nodeKindWord, outcomeWord, sensitivityWord } from './read-words.ts';
import { suggestMapping } from './suggest-mapping.ts';

/** Any CSV, by the mapping that its headers suggest (docs/formats/csv.md). */
export const csv: Connector = csvConnector(null);

/** Reads rows by a stated mapping, as the mapping wizard keeps it; null = as the headers of each file suggest. */
export function csvConnector(mapping: CsvMapping | null): Connector {
  return {
    name: 'csv',
    title: 'CSV with a column mapping',
    kind: mapping?.fact === 'event' ? 'events' : 'inventory',
    syntax: ['csv'],
    lists: [],
    recognise,
    open: (sink, context) => new CsvReader(sink, context, mapping),
  };
}

/** Low on purpose: a format that knows its own columns is a better answer. */
function recognise(sample: Sample): number {
  if (sample.syntax !== 'csv' || sample.keys.length < 2) return 0;
  return suggestMapping(sample.keys, isObject(sample.first) ? [sample.first] : []) === null ? 0.05 : 0.3;
}

type Row = (field: string) => string | undefined;

class CsvReader implements Reader {
  readonly #sink: FactSink;
  readonly #context: ReadContext;
  readonly #stated: CsvMapping | null;
  readonly #byFile = new Map<string, CsvMapping>();
  readonly #scope: string;

  constructor(sink: FactSink, context: ReadContext, mapping: CsvMapping | null) {
    this.#sink = sink;
    this.#context = context;
    this.#stated = mapping;
    this.#scope = `csv:${context.defaults.tenant ?? 'default'}`;
  }

  record(record: SourceRecord): void {
    if (!isObject(record.value)) throw new RejectedRecord('the row is not an object of columns');
    const row = record.value;
    const mapping = this.#mapping(record.file, row);
    const read: Row = (field) => {
      const place = mapping.fields.find((one) => one.field === field);
      const value =
        place?.column !== undefined && Object.hasOwn(row, place.column) ? row[place.column] : undefined;
      return id(value, field, 700) ?? place?.constant;
    };
    if (mapping.fact === 'node') this.#node(read, mapping, row);
    else if (mapping.fact === 'edge') this.#edge(read);
    else this.#event(read, row);
  }

  end(): void {
    this.#sink.scope({ scope: this.#scope, complete: this.#context.complete });
  }

  #mapping(file: string, row: Record<string, unknown>): CsvMapping {
    const known = this.#stated ?? this.#byFile.get(file);
    if (known !== undefined) return known;
    const mapping = suggestMapping(Object.keys(row), [row]);
    if (mapping === null) {
      throw new RejectedRecord('the columns name neither a node, nor an edge, nor an event: state a mapping');
    }
    const missing = missingFields(mapping);
    if (missing.length > 0) throw new RejectedRecord(`the mapping lacks ${missing.join(', ')}`);
    this.#byFile.set(file, mapping);
    return mapping;
  }

  #node(read: Row, mapping: CsvMapping, row: Record<string, unknown>): void {
    const word = read('kind') ?? read('type');
    const kind = nodeKindWord(word) ?? 'service_account';
    const name = read('name') ?? read('key');
    if (name === undefined) throw new RejectedRecord('the row has no name and no key');
    const key = read('key') ?? name;
    const purpose = text(read('purpose'));
    const labels = readLabels(
      Object.fromEntries(
        (mapping.labels ?? []).filter((one) => Object.hasOwn(row, one)).map((one) => [one, row[one]]),
      ),
    );
    const owner = read('owner');
    const node = defined<NodeFact>({
      key: this.#key(key, kind),
      kind,
      standing: 'inventory',
      name: maskSecrets(text(name) ?? name),
      provider: text(read('provider'), 100)?.toLowerCase(),
      tenant: text(read('tenant'), 200),
      environment: environmentOf(read('environment')),
      zone: text(read('zone'), 200),
      type: text(read('type'), 100),
      sensitivity: sensitivityWord(read('sensitivity')),
      purpose: purpose === undefined ? undefined : maskSecrets(purpose),
      createdAt: isoTime(read('createdAt')) ?? undefined,
      rotatedAt: isoTime(read('rotatedAt')) ?? undefined,
      expiresAt: isoTime(read('expiresAt')) ?? undefined,
      lastUsedAt: isoTime(read('lastUsedAt')) ?? undefined,
      labels: labels.size === 0 ? undefined : Object.fromEntries(labels),
    });
    this.#sink.node(node, this.#scope);
    if (owner === undefined) return;
    const evidence = `column owner: ${maskSecrets(text(owner, 200) ?? '')}`;
    const by = statedOwner(this.#sink, text(owner, 200) ?? owner);
    this.#sink.claim(
      { owner: by, node: node.key, basis: 'register', evidence, confidence: 0.8 },
      this.#scope,
    );
  }

  #edge(read: Row): void {
    const from = this.#end(read('from'), nodeKindWord(read('fromKind')) ?? 'service_account', 'from');
    const to = this.#end(read('to'), nodeKindWord(read('toKind')) ?? 'resource', 'to');
    const stated = edgeKindWord(read('kind'));
    const level = levelWord(read('level'));
    const word = read('kind') ?? read('level') ?? '';
    const meaning = stated === undefined ? edgeMeaning(word, from.kind, to.kind) : { kind: stated };
    if (meaning === null || !fits(meaning.kind, from.kind, to.kind)) {
      throw new RejectedRecord(`${stated ?? 'an edge'} cannot stand between a ${from.kind} and a ${to.kind}`);
    }
    const edge: EdgeFact = { from: from.key, kind: meaning.kind, to: to.key };
    if (meaning.kind === 'grants')
      edge.level = level ?? ('level' in meaning ? meaning.level : undefined) ?? 'use';
    const qualifier = text(read('qualifier'));
    if (qualifier !== undefined) edge.qualifier = maskSecrets(qualifier);
    if (isYes(read('conditional'))) edge.conditional = true;
    this.#sink.node(from);
    this.#sink.node(to);
    this.#sink.edge(edge, this.#scope);
  }

  #event(read: Row, row: Record<string, unknown>): void {
    const time = isoTime(read('time'));
    if (time === null) throw new RejectedRecord('time: cannot be read');
    const action = text(read('action'), 200);
    if (action === undefined) throw new RejectedRecord('action is missing');
    const outcome = outcomeWord(read('outcome'));
    if (outcome === undefined) throw new RejectedRecord('outcome: neither allowed, denied nor failed');
    const actor = this.#end(read('actor'), nodeKindWord(read('actorKind')) ?? 'service_account', 'actor');
    const nodes: NodeFact[] = [{ ...actor, standing: 'log' }];
    const other = (field: string, kind: NodeKind): string | undefined => {
      const name = read(field);
      if (name === undefined) return undefined;
      const node = this.#end(name, kind, field);
      nodes.push({ ...node, standing: 'log' });
      return node.key;
    };
    const event = defined<UsageEvent>({
      id: read('id') ?? rowId(row),
      time,
      actor: actor.key,
      action: maskSecrets(action),
      outcome,
      level: levelWord(read('level')),
      target: other('target', nodeKindWord(read('targetKind')) ?? 'resource'),
      credential: other('credential', 'credential'),
      onBehalfOf: other('onBehalfOf', 'person'),
      address: text(read('address'), 100),
      userAgent: text(read('userAgent')),
      trace: text(read('trace'), 200),
      purpose: text(read('purpose')),
    });
    for (const node of nodes) this.#sink.node(node);
    this.#sink.event(event);
  }

  #end(name: string | undefined, kind: NodeKind, field: string): NodeFact {
    if (name === undefined) throw new RejectedRecord(`${field} is missing`);
    return { key: this.#key(name, kind), kind, standing: 'reference', name: maskSecrets(text(name) ?? name) };
  }

  /** A canonical key as it stands; a person's mail address as such; any other name is one of this register alone. */
  #key(name: string, kind: NodeKind): string {
    if (/^(?:[a-z][\w+.-]*:\/\/|arn:|mailto:)/.test(name)) return name;
    if (kind === 'person' && /^[^\s@]+@[^\s@]+$/.test(name)) return personKey(name);
    return `register://${this.#context.defaults.tenant ?? 'default'}/${kind}/${maskSecrets(name).toLowerCase()}`;
  }
}

/** Rows without an id are told apart by their content: the same row again is the same event. */
function rowId(row: Record<string, unknown>): string {
  const content = JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
  return `row-${createHash('sha256').update(content).digest('hex').slice(0, 32)}`;
}

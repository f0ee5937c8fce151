import { ACCESS_LEVEL_NAMES } from '#lib/ontology/edge-kinds.ts';
import { isObject, type JsonObject } from '#lib/core/json.ts';
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
import { fittingSink } from '../fitting-sink.ts';
import type { EdgeFact, NodeFact } from '../facts.ts';
import { maskSecrets } from '../mask-secrets.ts';
import { at, field, id, ids, isTrue, objects, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { edgeMeaning } from './edge-meaning.ts';
import { nodeKindOf } from './kinds.ts';

const PROPS_MAX = 40;
const SECRET_NAME =
  /passw|secret(?!_?(?:name|id|type|url|scanning))|token(?!_?(?:name|id|type|count))|private_?key/i;

/** BloodHound OpenGraph, generic ingest payloads (docs/formats/opengraph.md). A graph is one record. */
export const opengraph: Connector = {
  name: 'opengraph',
  title: 'BloodHound OpenGraph',
  kind: 'inventory',
  syntax: ['json'],
  lists: [],
  recognise,
  open: (sink, context) => new OpenGraphReader(fittingSink(sink), context),
};

function recognise(sample: Sample): number {
  const graph = field(sample.first, 'graph');
  if (isObject(graph))
    return Array.isArray(field(graph, 'nodes')) || Array.isArray(field(graph, 'edges')) ? 1 : 0;
  if (sample.first !== null && sample.first !== undefined) return 0;
  return /^\s*\{[\s\S]{0,4000}?"graph"\s*:\s*\{[\s\S]{0,200}?"(?:nodes|edges)"\s*:\s*\[/.test(sample.head)
    ? 0.9
    : 0;
}

type Pending = { kind: string; from: string; to: string; props: Record<string, unknown> };

class OpenGraphReader implements Reader {
  readonly #sink: FactSink;
  readonly #scope: string;
  readonly #complete: boolean;
  readonly #kinds = new Map<string, NodeKind>();
  readonly #keysById = new Map<string, string>();
  readonly #keysByName = new Map<string, string>();
  readonly #edges: Pending[] = [];

  constructor(sink: FactSink, context: ReadContext) {
    this.#sink = sink;
    this.#scope = `opengraph:${context.defaults.tenant ?? 'default'}`;
    this.#complete = context.complete;
  }

  record(record: SourceRecord): void {
    const graph = field(record.value, 'graph');
    if (!isObject(graph)) throw new RejectedRecord('the document has no graph object');
    const source = text(at(record.value, 'metadata', 'source_kind'), 100);
    let bad = 0;
    const nodes = objects(field(graph, 'nodes'));
    const edges = objects(field(graph, 'edges'));
    for (const node of nodes) bad += this.#attempt('node', () => this.#node(node, source));
    for (const edge of edges) bad += this.#attempt('edge', () => this.#edge(edge));
    if (bad > 0 && bad === nodes.length + edges.length)
      throw new RejectedRecord('no node and no edge can be read');
  }

  end(): void {
    for (const edge of this.#edges) this.#write(edge);
    this.#sink.scope({ scope: this.#scope, complete: this.#complete });
  }

  /** One bad element of a graph is counted, so that the others are kept. */
  #attempt(what: string, read: () => void): 0 | 1 {
    try {
      read();
      return 0;
    } catch (error) {
      if (!(error instanceof RejectedRecord)) throw error;
      this.#sink.unknown(`${what} that cannot be read: ${error.message}`);
      return 1;
    }
  }

  #node(node: Record<string, unknown>, source: string | undefined): void {
    const nodeId = requiredId(field(node, 'id'), 'node id', 900);
    const kinds = ids(field(node, 'kinds'), 'node kind').filter((kind) => kind !== source);
    const props = isObject(field(node, 'properties'))
      ? (field(node, 'properties') as Record<string, unknown>)
      : {};
    const kind = nodeKindOf(kinds);
    const own = id(props['bailiwick_key'], 'bailiwick_key', 900);
    const key = own ?? `opengraph://${nodeId}`;
    const name = text(props['displayname']) ?? text(props['name']) ?? nodeId;
    const createdAt = isoTime(props['whencreated'] ?? props['created_at']);
    const fact: NodeFact = {
      key,
      kind,
      standing: 'inventory',
      name,
      provider: text(props['provider'], 100) ?? source?.toLowerCase() ?? 'opengraph',
      ...(createdAt === null ? {} : { createdAt }),
      props: shownProps(props),
    };
    const type = text(props['type'], 100) ?? (kinds[0] ?? '').toLowerCase();
    if (type !== '') fact.type = type;
    this.#sink.node(fact, this.#scope);
    this.#kinds.set(key, kind);
    this.#keysById.set(nodeId.toUpperCase(), key);
    const named = text(props['name']);
    if (named !== undefined) this.#keysByName.set(named.toUpperCase(), key);
  }

  #edge(edge: Record<string, unknown>): void {
    const kind = requiredId(field(edge, 'kind'), 'edge kind');
    const props = isObject(field(edge, 'properties'))
      ? (field(edge, 'properties') as Record<string, unknown>)
      : {};
    this.#edges.push({ kind, from: endOf(field(edge, 'start')), to: endOf(field(edge, 'end')), props });
  }

  #write(edge: Pending): void {
    const [from, to] = [this.#resolve(edge.from), this.#resolve(edge.to)];
    const kinds = [this.#kinds.get(from), this.#kinds.get(to)];
    const [fromKind = 'resource', toKind = 'resource'] = kinds;
    const meaning = edgeMeaning(edge.kind, fromKind, toKind);
    if (meaning === null) {
      this.#sink.unknown(`edge ${edge.kind} from ${fromKind} to ${toKind}`);
      return;
    }
    for (const [key, kind] of [
      [from, fromKind],
      [to, toKind],
    ] as const) {
      if (!this.#kinds.has(key))
        this.#sink.node({ key, kind, standing: 'reference', name: key.replace('opengraph://', '') });
    }
    const stated = ACCESS_LEVEL_NAMES.find((level) => level === edge.props['level']);
    const fact: EdgeFact = { from, to, ...meaning };
    const isOwn = edge.kind.startsWith('BW_');
    if (stated !== undefined && (isOwn || meaning.level !== undefined)) fact.level = stated;
    fact.qualifier = text(edge.props['qualifier']) ?? edge.kind;
    if (isOwn && edge.props['qualifier'] === undefined) delete fact.qualifier;
    if (isTrue(edge.props['conditional'])) fact.conditional = true;
    if (isTrue(edge.props['limited'])) fact.limited = true;
    fact.props = shownProps(edge.props);
    this.#sink.edge(fact, this.#scope);
  }

  /** `ID` matches a node's id, `name:NAME` its name; what matches none is a thing of its own. */
  #resolve(end: string): string {
    const found = end.startsWith('name:')
      ? this.#keysByName.get(end.slice('name:'.length).toUpperCase())
      : this.#keysById.get(end.toUpperCase());
    return found ?? `opengraph://${end}`;
  }
}

function endOf(value: unknown): string {
  const name = requiredId(field(value, 'value'), 'edge end', 900);
  return field(value, 'match_by') === 'name' ? `name:${name}` : name;
}

/** Primitive properties, without those named like a secret; the ones that are fields of the fact stay out. */
function shownProps(props: Record<string, unknown>): JsonObject {
  const shown: [string, string | number | boolean][] = [];
  for (const [name, value] of Object.entries(props)) {
    const label = text(name, 100);
    if (label === undefined || SECRET_NAME.test(label) || OWN_FIELDS.has(label) || shown.length >= PROPS_MAX)
      continue;
    if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
      shown.push([label, value]);
    else if (typeof value === 'string') shown.push([label, maskSecrets(text(value) ?? '')]);
  }
  return Object.fromEntries(shown);
}

const OWN_FIELDS = new Set([
  'bailiwick_key',
  'displayname',
  'name',
  'provider',
  'type',
  'level',
  'qualifier',
  'conditional',
  'limited',
]);

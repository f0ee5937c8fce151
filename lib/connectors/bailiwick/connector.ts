import type { z } from 'zod';
import { isObject } from '#lib/core/json.ts';
import { fits } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import {
  type Connector,
  type FactSink,
  type Reader,
  RejectedRecord,
  type SourceRecord,
} from '../connector.ts';
import type { EdgeFact, IsoTime, UsageEvent, WindowFact } from '../facts.ts';
import { isoTime } from '../time.ts';
import { assertPlainValue } from './plain-value.ts';
import {
  aliasSchema,
  claimSchema,
  edgeSchema,
  eventSchema,
  type Header,
  headerSchema,
  nodeSchema,
  windowSchema,
} from './schema.ts';

/** Node kinds that are remembered to check edges against; beyond that many nodes only the pipeline checks. */
const KNOWN_NODES_MAX = 250_000;
const FACT_NAMES = ['node', 'edge', 'event', 'claim', 'alias', 'window'] as const;
type FactName = (typeof FACT_NAMES)[number];

/**
 * Bailiwick's own NDJSON (docs/formats/bailiwick.md): a header, then one fact a line, checked strictly, so that a tool
 * that writes it learns of every mistake.
 */
export const bailiwick: Connector = {
  name: 'bailiwick',
  title: 'Bailiwick NDJSON',
  kind: 'inventory',
  syntax: ['json'],
  lists: [],
  recognise: (sample) => (readHeader(sample.first) === null ? 0 : 1),
  open: (sink) => new BailiwickReader(sink),
};

/** The header line, or null when the value is none: what a file says of its own time and scopes. */
export function readHeader(value: unknown): Header | null {
  if (!isObject(value) || !Object.hasOwn(value, 'bailiwick')) return null;
  const header = headerSchema.safeParse(value);
  return header.success ? header.data : null;
}

class BailiwickReader implements Reader {
  readonly #sink: FactSink;
  readonly #kinds = new Map<string, NodeKind>();
  #hasHeader = false;

  constructor(sink: FactSink) {
    this.#sink = sink;
  }

  record(record: SourceRecord): void {
    const line = record.value;
    if (!isObject(line)) throw new RejectedRecord('the line is not a JSON object');
    assertPlainValue(line);
    if (Object.hasOwn(line, 'bailiwick')) {
      this.#header(line);
      return;
    }
    if (!this.#hasHeader) {
      throw new RejectedRecord(
        'the first line must be the header, such as {"bailiwick":1,"source":"inventory"}',
      );
    }
    const name = factName(line);
    const scope = scopeOf(line, name);
    this.#fact(name, line[name], scope);
  }

  end(): void {
    this.#kinds.clear();
  }

  #header(line: Record<string, unknown>): void {
    const header = checked(headerSchema, line, 'header');
    if (header.asOf !== undefined) requiredTime(header.asOf, 'asOf');
    for (const scope of header.scopes ?? []) this.#sink.scope(scope);
    this.#hasHeader = true;
  }

  #fact(name: FactName, value: unknown, scope: string | undefined): void {
    switch (name) {
      case 'node':
        this.#node(value, scope);
        break;
      case 'edge':
        this.#edge(value, scope);
        break;
      case 'event':
        this.#sink.event(eventFact(value));
        break;
      case 'claim':
        this.#sink.claim(checked(claimSchema, value, name), scope);
        break;
      case 'alias':
        this.#sink.alias(checked(aliasSchema, value, name));
        break;
      case 'window':
        this.#sink.window(windowFact(value));
    }
  }

  #node(value: unknown, scope: string | undefined): void {
    const node = checked(nodeSchema, value, 'node');
    const known = this.#kinds.get(node.key);
    if (known !== undefined && known !== node.kind) {
      throw new RejectedRecord(`node: the key was stated before as ${known}, now as ${node.kind}`);
    }
    const times: Partial<Record<'createdAt' | 'rotatedAt' | 'expiresAt' | 'lastUsedAt', IsoTime>> = {};
    for (const name of ['createdAt', 'rotatedAt', 'expiresAt', 'lastUsedAt'] as const) {
      const time = node[name];
      if (time !== undefined) times[name] = requiredTime(time, name);
    }
    if (this.#kinds.size < KNOWN_NODES_MAX) this.#kinds.set(node.key, node.kind);
    this.#sink.node({ standing: 'inventory', ...withoutUndefined(node), ...times }, scope);
  }

  #edge(value: unknown, scope: string | undefined): void {
    const edge: EdgeFact = withoutUndefined(checked(edgeSchema, value, 'edge'));
    const [from, to] = [this.#kinds.get(edge.from), this.#kinds.get(edge.to)];
    if (from !== undefined && to !== undefined && !fits(edge.kind, from, to)) {
      throw new RejectedRecord(`edge: ${edge.kind} cannot stand between a ${from} and a ${to}`);
    }
    if (edge.kind === 'grants' && edge.level === undefined) {
      throw new RejectedRecord('edge: grants needs a level (read, use, write or admin)');
    }
    if (edge.pattern !== undefined && edge.kind !== 'grants') {
      throw new RejectedRecord('edge: only grants can have a pattern');
    }
    this.#sink.edge(edge, scope);
  }
}

function factName(line: Record<string, unknown>): FactName {
  const found = FACT_NAMES.filter((name) => Object.hasOwn(line, name));
  const [name] = found;
  if (name === undefined || found.length > 1) {
    throw new RejectedRecord(`the line must hold exactly one of ${FACT_NAMES.join(', ')}`);
  }
  for (const key of Object.keys(line)) {
    if (key !== name && key !== 'scope') throw new RejectedRecord(`unknown field ${shown(key)}`);
  }
  return name;
}

function scopeOf(line: Record<string, unknown>, name: FactName): string | undefined {
  if (!Object.hasOwn(line, 'scope')) return undefined;
  if (name !== 'node' && name !== 'edge' && name !== 'claim') {
    throw new RejectedRecord(`scope: ${name} takes none`);
  }
  const scope = line['scope'];
  if (typeof scope !== 'string' || scope === '' || scope.length > 200) {
    throw new RejectedRecord('scope: must be a text of 1 to 200 characters');
  }
  return scope;
}

function eventFact(value: unknown): UsageEvent {
  const event: UsageEvent = withoutUndefined(checked(eventSchema, value, 'event'));
  event.time = requiredTime(event.time, 'time');
  return event;
}

function windowFact(value: unknown): WindowFact {
  const window = checked(windowSchema, value, 'window');
  const [from, to] = [requiredTime(window.from, 'from'), requiredTime(window.to, 'to')];
  if (Date.parse(to) < Date.parse(from)) throw new RejectedRecord('window: it ends before it begins');
  return { scope: window.scope, from, to };
}

function requiredTime(value: string, name: string): IsoTime {
  const time = isoTime(value);
  if (time === null) throw new RejectedRecord(`${name}: not a time between 1990 and 2199`);
  return time;
}

function checked<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [name, ...(issue?.path ?? []).map((part) => shown(String(part)))].join('.');
  throw new RejectedRecord(`${path}: ${issue === undefined ? 'does not fit the format' : reasonOf(issue)}`);
}

/** zod names what it expected, never the value, except for unknown names, which are cut here. */
function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys')
    return `unknown field ${issue.keys.slice(0, 3).map(shown).join(', ')}`;
  return issue.message.slice(0, 200);
}

const shown = (name: string): string => (/^[\w.-]{1,40}$/.test(name) ? name : 'with an unusual name');

/** zod's optional fields may hold `undefined` by type, though JSON never does. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return value as { [K in keyof T]: Exclude<T[K], undefined> };
}

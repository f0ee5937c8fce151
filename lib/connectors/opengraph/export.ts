import type { JsonValue } from '#lib/core/json.ts';
import type { EdgeFact, NodeFact } from '../facts.ts';
import { openGraphEdgeKind } from './edge-meaning.ts';
import { openGraphKind } from './kinds.ts';

/** What an export needs of a node; any richer one will do. */
export type ExportedNode = Pick<NodeFact, 'key' | 'kind'> &
  Partial<
    Pick<
      NodeFact,
      | 'name'
      | 'provider'
      | 'tenant'
      | 'type'
      | 'environment'
      | 'zone'
      | 'sensitivity'
      | 'purpose'
      | 'expiresAt'
      | 'createdAt'
    >
  >;

export type ExportedEdge = Pick<EdgeFact, 'from' | 'to' | 'kind'> &
  Partial<Pick<EdgeFact, 'qualifier' | 'level' | 'conditional' | 'limited'>>;

/**
 * Our graph as BloodHound OpenGraph, in pieces of text that make one JSON document: written as it is read, so that memory
 * does not grow with the graph. The node id is the canonical key, which BloodHound may write in capitals; the property
 * `bailiwick_key` keeps it as it is, so that what was exported can be imported again.
 */
export async function* exportOpenGraph(
  nodes: Iterable<ExportedNode> | AsyncIterable<ExportedNode>,
  edges: Iterable<ExportedEdge> | AsyncIterable<ExportedEdge>,
): AsyncGenerator<string> {
  yield '{"metadata":{"source_kind":"BW_Base"},"graph":{"nodes":[';
  yield* separated(nodes, nodeJson);
  yield '],"edges":[';
  yield* separated(edges, edgeJson);
  yield ']}}\n';
}

async function* separated<T>(
  items: Iterable<T> | AsyncIterable<T>,
  write: (item: T) => JsonValue,
): AsyncGenerator<string> {
  let separator = '';
  for await (const item of items) {
    yield separator + JSON.stringify(write(item));
    separator = ',\n';
  }
}

function nodeJson(node: ExportedNode): JsonValue {
  const { key, kind, name = key, ...rest } = node;
  return {
    id: key,
    kinds: [openGraphKind(kind), 'BW_Base'],
    properties: { ...primitives(rest), bailiwick_key: key, name, displayname: name },
  };
}

function edgeJson(edge: ExportedEdge): JsonValue {
  const { from, to, kind, ...rest } = edge;
  return {
    kind: openGraphEdgeKind(kind),
    start: { match_by: 'id', value: from },
    end: { match_by: 'id', value: to },
    properties: primitives(rest),
  };
}

/** OpenGraph takes primitive properties alone. */
function primitives(fields: object): Record<string, JsonValue> {
  const kept = Object.entries(fields).filter(
    ([, value]) => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean',
  );
  return Object.fromEntries(kept);
}

import { edgeKindCode, packEdge } from '#lib/graph/codes.ts';
import { allowedBytes } from '#lib/graph/edge-filter.ts';
import type { EdgeQuery } from '#lib/graph/query.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import { SnapshotBuilder } from '#lib/graph/snapshot-builder.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { Organisation } from './organisation.ts';

/** Edge kinds without levels between nodes without levels: the search is then the one that the C baseline makes. */
export const PLAIN_KINDS = [
  'assumes',
  'escalates',
  'member_of',
  'runs_as',
  'holds',
  'authenticates',
  'attached',
  'hosts',
] as const;

/**
 * Two power laws with scattered ids, parallel edges kept: nearly everything is reached within some six hops, the worst
 * case of a blast radius.
 */
export function powerLawGraph(nodeCount: number, edgeCount: number, seed: number): Snapshot {
  const random = new SeededRandom(seed);
  const scatter = permutation(nodeCount, random);
  const end = (exponent: number) => scatter[powerLaw(random, nodeCount, exponent)] ?? 0;
  const builder = new SnapshotBuilder();
  for (let id = 0; id < nodeCount; id++) builder.addNode({ id, kind: 'role' });
  for (let id = 0; id < edgeCount; id++) {
    const kind = PLAIN_KINDS[id & 7] ?? 'assumes';
    builder.addEdge({ id, from: end(0.45), to: end(0.6), kind, exercised: (id & 3) === 0 });
  }
  return builder.freeze();
}

/** Shapes on which a search over bit sets or a queue can fall down: a long chain in many islands, a star, a clique. */
export function worstShapes(nodeCount: number): Map<string, Snapshot> {
  const shape = (nodes: number, edges: Iterable<readonly [number, number]>) => {
    const builder = new SnapshotBuilder();
    for (let id = 0; id < nodes; id++) builder.addNode({ id, kind: 'role' });
    let id = 0;
    for (const [from, to] of edges) builder.addEdge({ id: id++, from, to, kind: 'assumes' });
    return builder.freeze();
  };
  const chain = Array.from({ length: 20_000 }, (_, i) => [i, i + 1] as const);
  const star = Array.from({ length: nodeCount - 1 }, (_, i) => [0, i + 1] as const);
  return new Map([
    ['chain', shape(nodeCount, chain)],
    ['star', shape(nodeCount, star)],
    ['clique', shape(3000, cliqueEdges(3000))],
  ]);
}

function* cliqueEdges(size: number): Generator<readonly [number, number]> {
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) if (from !== to) yield [from, to];
  }
}

type Size = { nodes: number; edges: number; seed: number };

/** The generated organisation as a snapshot. */
export function organisationGraph(size: Size): Snapshot {
  const organisation = new Organisation(size);
  const builder = new SnapshotBuilder();
  for (const { index, kind, sensitivity } of organisation.nodes()) {
    builder.addNode({ id: index, kind, sensitivity });
  }
  for (const edge of organisation.edges()) builder.addEdge({ ...edge, id: edge.index });
  return builder.freeze();
}

/** The same nodes with the edges that pass a query, all of them without levels or switches. */
export function plainOrganisation(size: Size, query: EdgeQuery): Snapshot {
  const organisation = new Organisation(size);
  const builder = new SnapshotBuilder();
  const allowed = allowedBytes(query);
  for (const { index } of organisation.nodes()) builder.addNode({ id: index, kind: 'role' });
  for (const { index, from, to, kind, conditional, exercised } of organisation.edges()) {
    const passes = allowed[packEdge(edgeKindCode(kind), 0, conditional, exercised)] === 1;
    if (passes) builder.addEdge({ id: index, from, to, kind: 'assumes' });
  }
  return builder.freeze();
}

/** Rank r with probability near r^-exponent, by inverting the continuous distribution. */
function powerLaw(random: SeededRandom, count: number, exponent: number): number {
  const power = 1 - exponent;
  const rank = Math.pow(random.next() * (Math.pow(count, power) - 1) + 1, 1 / power);
  return Math.min(count - 1, Math.floor(rank) - 1);
}

function permutation(count: number, random: SeededRandom): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const held = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = held;
  }
  return order;
}

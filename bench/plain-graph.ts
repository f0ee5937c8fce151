import { SnapshotBuilder } from '#lib/graph/snapshot-builder.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { SeededRandom } from '#lib/graph/random-graph.ts';

/** Edge kinds without levels, so that the search is the plain one that the C baseline makes. */
const PLAIN_KINDS = ['assumes', 'escalates', 'member_of', 'runs_as', 'holds', 'authenticates', 'attached', 'hosts'] as const;

/**
 * Two power laws (source exponent 1.7, target 2.2) with scattered ids: the worst case of a blast radius, as nearly
 * everything is reached in six hops.
 */
export function powerLawGraph(nodeCount: number, edgeCount: number, seed: number): Snapshot {
  const random = new SeededRandom(seed);
  const scatter = permutation(nodeCount, random);
  const end = (exponent: number) => scatter[zipf(random, nodeCount, exponent)] ?? 0;
  const builder = new SnapshotBuilder();
  for (let id = 0; id < nodeCount; id++) builder.addNode({ id, kind: 'role' });
  for (let id = 0; id < edgeCount; id++) {
    builder.addEdge({ id, from: end(0.42), to: end(0.55), kind: PLAIN_KINDS[id & 7] ?? 'assumes', exercised: (id & 3) === 0 });
  }
  return builder.freeze();
}

/** Rank r with probability near r^-exponent, by inverting the continuous distribution. */
function zipf(random: SeededRandom, count: number, exponent: number): number {
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

import type { AddedEdge } from '#lib/graph/query.ts';
import { reachFrom, type ReachOptions } from '#lib/graph/reach.ts';
import type { ReachResult } from '#lib/graph/reach-result.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { CBaseline } from './c-baseline.ts';
import { median, mustEqual, timed, type Figures } from './measure.ts';
import { organisationGraph, plainOrganisation, PLAIN_KINDS, worstShapes } from './plain-graph.ts';

const ROUNDS = 9;
const WARM_UP = 3;

const distanceSum = (reach: ReachResult) => reach.byHop.reduce((sum, nodes, hop) => sum + nodes * hop, 0);

/** Full reach against C in interleaved rounds, plain and with a kind mask and 1 % of added edges. */
export async function measureReach(snapshot: Snapshot, ids: ReachIds, figures: Figures): Promise<number> {
  const baseline = CBaseline.start(snapshot);
  const random = new SeededRandom(11);
  const overlay = randomEdges(snapshot, Math.floor(snapshot.edgeCount / 100), random);
  // One kind of eight is masked out, so that each edge is tested for real.
  const masked: ReachOptions = { kinds: PLAIN_KINDS.slice(0, 7), addedEdges: overlay };
  const times = {
    queue: [] as number[],
    best: [] as number[],
    plain: [] as number[],
    masked: [] as number[],
  };
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const node = random.below(snapshot.nodeCount);
    const plain = timed(() => reachFrom(snapshot, [{ node }]));
    const filtered = timed(() => reachFrom(snapshot, [{ node }], masked));
    const queue = await baseline?.ask('queue', node);
    const best = await baseline?.ask('best', node);
    for (const answer of [queue, best]) {
      if (!answer) continue;
      mustEqual('nodes reached', plain.value.count + 1, answer.reached);
      mustEqual('sum of distances', distanceSum(plain.value), answer.distanceSum);
    }
    if (round === 0) {
      mustEqual('masked reach', distanceSum(filtered.value), naiveDistanceSum(snapshot, node, masked));
    }
    if (round < WARM_UP) continue;
    times.plain.push(plain.ms);
    times.masked.push(filtered.ms);
    if (queue && best) {
      times.queue.push(queue.ms);
      times.best.push(best.ms);
    }
  }
  baseline?.close();
  figures.detail(`${ids.plain} reach ms`, median(times.plain));
  if (baseline) {
    figures.detail(`${ids.plain} textbook C ms`, median(times.queue));
    figures.ratio(ids.plain, median(times.plain) / median(times.queue));
    if (ids.best) figures.ratio(ids.best, median(times.plain) / median(times.best));
    if (ids.masked) figures.ratio(ids.masked, median(times.masked) / median(times.queue));
  }
  return median(times.queue);
}

export type ReachIds = { plain: string; best?: string; masked?: string };

/** G4b: the worst of the shapes. */
export async function measureShapes(nodeCount: number, figures: Figures): Promise<void> {
  let worst = 0;
  for (const [name, snapshot] of worstShapes(nodeCount)) {
    const baseline = CBaseline.start(snapshot);
    if (!baseline) return;
    const start = snapshot.nodeOf(0);
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS * 3 + WARM_UP; round++) {
      const reach = timed(() => reachFrom(snapshot, [{ node: start }]));
      const queue = await baseline.ask('queue', start);
      mustEqual(`${name}: sum of distances`, distanceSum(reach.value), queue.distanceSum);
      if (round < WARM_UP) continue;
      ours.push(reach.ms);
      theirs.push(queue.ms);
    }
    baseline.close();
    const ratio = median(ours) / median(theirs);
    figures.detail(`G4b ${name} ms`, median(ours));
    figures.detail(`G4b ${name} ratio`, ratio);
    worst = Math.max(worst, ratio);
  }
  figures.ratio('G4b', worst);
}

const SWITCHES: readonly ReachOptions[] = [
  { mode: 'granted', includeConditional: false },
  { mode: 'exercised' },
  { mode: 'exercised', includeConditional: false },
];

/** G13: levels, conditions and uses honoured, against a plain reach over the edges that pass; the worst of three. */
export function measureLevels(size: { nodes: number; edges: number; seed: number }, figures: Figures): void {
  const levelled = organisationGraph(size);
  let worst = 0;
  for (const options of SWITCHES) {
    const plain = plainOrganisation(size, options);
    const random = new SeededRandom(5);
    const ours: number[] = [];
    const theirs: number[] = [];
    while (ours.length < ROUNDS + WARM_UP) {
      const id = random.below(size.nodes >> 1);
      const start = [{ node: levelled.nodeOf(id) }];
      const reach = timed(() => reachFrom(levelled, start, options));
      const base = timed(() => reachFrom(plain, [{ node: plain.nodeOf(id) }]));
      // A start that leads nowhere tells nothing.
      if (reach.value.count < size.nodes / 10) continue;
      if (ours.length === 0) {
        const { byHop } = reachFrom(levelled, start, { ...options, strategy: 'queue' });
        mustEqual('levelled reach', reach.value.byHop, byHop);
      }
      ours.push(reach.ms);
      theirs.push(base.ms);
    }
    const name = `G13 ${options.mode}${options.includeConditional === false ? ', unconditional' : ''}`;
    const ratio = median(ours.slice(WARM_UP)) / median(theirs.slice(WARM_UP));
    figures.detail(`${name}, ms`, median(ours.slice(WARM_UP)));
    figures.detail(`${name}, ratio`, ratio);
    worst = Math.max(worst, ratio);
  }
  figures.ratio('G13', worst);
}

function randomEdges(snapshot: Snapshot, count: number, random: SeededRandom): AddedEdge[] {
  return Array.from({ length: count }, () => ({
    from: random.below(snapshot.nodeCount),
    to: random.below(snapshot.nodeCount),
    kind: 'assumes' as const,
  }));
}

/** A queue and lists: nothing in common with the engine but the edges. */
function naiveDistanceSum(snapshot: Snapshot, start: number, { kinds, addedEdges }: ReachOptions): number {
  const lists: number[][] = Array.from({ length: snapshot.nodeCount }, () => []);
  const { out } = snapshot.parts;
  for (let node = 0; node < snapshot.nodeCount; node++) {
    for (let edge = out.offsets[node] ?? 0; edge < (out.offsets[node + 1] ?? 0); edge++) {
      if (!kinds?.includes(PLAIN_KINDS[snapshot.edgeId(edge) & 7] ?? 'assumes')) continue;
      lists[node]?.push(snapshot.targetState(edge));
    }
  }
  for (const { from, to } of addedEdges ?? []) lists[from]?.push(to);
  const distances = new Int32Array(snapshot.nodeCount).fill(-1);
  distances[start] = 0;
  const queue = [start];
  let sum = 0;
  for (const node of queue) {
    const distance = distances[node] ?? 0;
    sum += distance;
    for (const target of lists[node] ?? []) {
      if (distances[target] !== -1) continue;
      distances[target] = distance + 1;
      queue.push(target);
    }
  }
  return sum;
}

import { ChokePoints } from '#lib/graph/choke-points.ts';
import { condense } from '#lib/graph/condense.ts';
import { crownJewels, minimumCut } from '#lib/graph/minimum-cut.ts';
import { rankByReach } from '#lib/graph/rank.ts';
import { reachCounts } from '#lib/graph/reach-counts.ts';
import { reachFrom } from '#lib/graph/reach.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import { shortestPath } from '#lib/graph/shortest-path.ts';
import type { Snapshot } from '#lib/graph/snapshot.ts';
import { median, mustEqual, percentile, timed, type Figures } from './measure.ts';

const ROUNDS = 5;

/** The median time of a full reach, measured beside the question that it is compared with. */
function oneReach(snapshot: Snapshot, random: SeededRandom): number {
  const times = Array.from({ length: ROUNDS + 3 }, () => {
    const node = random.below(snapshot.nodeCount);
    return timed(() => reachFrom(snapshot, [{ node }])).ms;
  });
  return median(times.slice(3));
}

/** G6: shortest paths between random pairs; G7: the ways to 50 reached nodes, read back. */
export function measurePaths(snapshot: Snapshot, textbookMs: number, figures: Figures): void {
  const random = new SeededRandom(21);
  const times: number[] = [];
  for (let i = 0; i < 600; i++) {
    const [from, to] = [random.below(snapshot.nodeCount), random.below(snapshot.nodeCount)];
    const path = timed(() => shortestPath(snapshot, [{ node: from }], [{ node: to }]));
    if (i % 60 === 0) {
      mustEqual(
        'length of a shortest path',
        path.value?.length ?? -1,
        reachFrom(snapshot, [{ node: from }]).distance(to),
      );
    }
    if (i >= 100) times.push(path.ms);
  }
  figures.detail('G6 p50 ms', median(times));
  figures.detail('G6 p95 ms', percentile(times, 0.95));
  if (textbookMs > 0) figures.ratio('G6', percentile(times, 0.95) / textbookMs);
  const shares = Array.from({ length: ROUNDS + 2 }, () => {
    const search = timed(() => reachFrom(snapshot, [{ node: random.below(snapshot.nodeCount) }]));
    const nodes = search.value.nodes();
    const wanted = Array.from({ length: 50 }, () => random.pick([...nodes.subarray(0, 5000)]));
    const why = timed(() => wanted.map((node) => search.value.pathTo(node)));
    for (const [i, path] of why.value.entries()) {
      mustEqual('length of a way', path?.length, search.value.distance(wanted[i] ?? 0));
    }
    return why.ms / search.ms;
  });
  figures.ratio('G7', median(shares.slice(2)));
}

/** G14: dominators of a full reach with the hundred greatest choke points of either sort. */
export function measureChokePoints(snapshot: Snapshot, figures: Figures): void {
  const random = new SeededRandom(31);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    const start = [{ node: random.below(snapshot.nodeCount) }];
    const reach = reachFrom(snapshot, start);
    const found = timed(() => {
      const chokes = new ChokePoints(reach);
      return { nodes: chokes.nodes(100), edges: chokes.edges(100) };
    });
    const [edge] = found.value.edges;
    if (edge) {
      const without = reachFrom(snapshot, start, { excludeEdges: [edge.edge] });
      mustEqual('what depends on an edge', edge.count, reach.count - without.count);
    }
    if (round >= 2) times.push(found.ms);
  }
  figures.detail('G14 ms', median(times));
  figures.ratio('G14', median(times) / oneReach(snapshot, random));
}

/** G15: minimum cut from an identity to the crown jewels. */
export function measureMinimumCut(snapshot: Snapshot, figures: Figures): void {
  const random = new SeededRandom(41);
  const jewels = crownJewels(snapshot);
  const isReached = (start: number, excludeEdges: number[]) => {
    const reach = reachFrom(snapshot, [{ node: start }], { excludeEdges });
    return jewels.some(({ node }) => reach.has(node));
  };
  const times: number[] = [];
  const sizes: number[] = [];
  while (times.length < ROUNDS * 4 + 2) {
    const start = random.below(snapshot.space.firstResource);
    if (!isReached(start, [])) continue;
    const cut = timed(() => minimumCut(snapshot, [{ node: start }], jewels));
    const edges = cut.value.edges ?? [];
    mustEqual('the cut parts', isReached(start, edges), false);
    mustEqual(
      'the cut has no edge too many',
      edges.every((_, i) => isReached(start, edges.toSpliced(i, 1))),
      true,
    );
    times.push(cut.ms);
    sizes.push(edges.length);
  }
  figures.detail('G15 crown jewels', jewels.length);
  figures.detail('G15 edges cut, median', median(sizes));
  figures.detail('G15 edges cut, most', Math.max(...sizes));
  figures.detail('G15 ms', median(times.slice(2)));
  figures.detail('G15 p95 ms', percentile(times.slice(2), 0.95));
  const reachMs = oneReach(snapshot, random);
  figures.ratio('G15', median(times.slice(2)) / reachMs);
  figures.detail('G15 p95 ratio', percentile(times.slice(2), 0.95) / reachMs);
}

/** G12: exact counts by 32 lanes, the condensing included; G16: the ranking of all. */
export function measureRanking(snapshot: Snapshot, figures: Figures): void {
  const random = new SeededRandom(51);
  const reachMs = oneReach(snapshot, random);
  const starts = Array.from({ length: 1024 }, () => random.below(snapshot.nodeCount));
  const exact = timed(() => reachCounts(condense(snapshot), starts));
  for (const i of [0, 1, 2, 3, 4, 5, 6, 7]) {
    mustEqual('nodes reached', exact.value.counts[i], reachFrom(snapshot, [{ node: starts[i] ?? 0 }]).count);
  }
  figures.detail('G12 one reach ms', reachMs);
  figures.ratio('G12', exact.ms / starts.length / reachMs);
  const runs = Array.from({ length: 3 }, () => timed(() => rankByReach(snapshot, { measure: 'count' })));
  const [{ value: ranking } = { value: { ranked: [], standardError: NaN } }] = runs;
  const sample = Array.from({ length: 20 }, () => random.pick(ranking.ranked));
  const errors = sample.map(({ node, score }) => {
    const { count } = reachFrom(snapshot, [{ node }]);
    return count === 0 ? score : Math.abs(score / count - 1);
  });
  // Four standard errors: a sample of twenty that share their draws goes beyond once in many thousand runs.
  mustEqual('scores within the stated error', Math.max(...errors) <= ranking.standardError * 4 + 1e-9, true);
  figures.detail('G16 identities', ranking.ranked.length);
  figures.detail('G16 stated error', ranking.standardError);
  figures.detail('G16 largest error of 20', Math.max(...errors));
  const ms = median(runs.map((run) => run.ms));
  figures.detail('G16 ms', ms);
  figures.ratio('G16', ms / reachMs);
}

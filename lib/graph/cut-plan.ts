import type { EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { ChokePoints } from './choke-points.ts';
import { isExercised, kindOfEdge, edgeKindName } from './codes.ts';
import { Entries } from './entries.ts';
import type { Loss } from './group-removal.ts';
import type { EdgeQuery, Endpoint } from './query.ts';
import { reachFrom } from './reach.ts';
import type { ReachResult } from './reach-result.ts';
import { weightOf } from './sensitivity-weights.ts';
import type { EdgeIndex, NodeIndex, Snapshot } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { hopAt, u8 } from './typed.ts';

export type PlanQuery = EdgeQuery & {
  /** Most edges to cut in all. */
  maxCuts: number;
  /** How much a cut that somebody would notice must gain for one that nobody would; 4 when absent. */
  exercisedCost?: number;
  /** Kinds that nobody can revoke; none when absent. */
  uncuttable?: readonly EdgeKind[];
};

/** Edges that are cut together because each alone would change nothing, and what the reach loses with them. */
export type CutStep = { edges: EdgeIndex[]; exercised: EdgeIndex[] } & Loss;
export type CutPlan = { steps: CutStep[]; before: Loss; after: Loss };

/** Nodes whose ways in are tried as one cut, per step. */
const BUNDLE_CANDIDATES = 128;

/**
 * What to revoke first: step by step the edge, or the bundle of all ways into one node, that takes most sensitivity out
 * of the reach for its cost. An edge that no log shows in use costs 1, one in use `exercisedCost`. Greedy: each step is
 * the best one then, the whole is not promised to be. Ends early when nothing that may be cut shrinks the reach.
 */
export function planCuts(snapshot: Snapshot, starts: readonly Endpoint[], query: PlanQuery): CutPlan {
  const steps: CutStep[] = [];
  const removed: EdgeIndex[] = [...(query.excludeEdges ?? [])];
  let reach = reachFrom(snapshot, starts, { ...query, excludeEdges: removed });
  const before = sizeOf(reach);
  for (let left = query.maxCuts; left > 0;) {
    const step = bestStep(reach, query, left);
    if (!step) break;
    steps.push(step);
    left -= step.edges.length;
    removed.push(...step.edges);
    reach = reachFrom(snapshot, starts, { ...query, excludeEdges: removed });
  }
  return { steps, before, after: sizeOf(reach) };
}

function sizeOf(reach: ReachResult): Loss {
  let weight = 0;
  reach.forEach((node) => (weight += weightOf(reach.snapshot, node)));
  return { count: reach.count, weight };
}

function bestStep(reach: ReachResult, query: PlanQuery, left: number): CutStep | null {
  const chokes = new ChokePoints(reach);
  const cost = query.exercisedCost ?? 4;
  const { meta } = reach.snapshot.parts.out;
  const uncuttable = new Set<EdgeKind>(query.uncuttable ?? []);
  const mayCut = (edge: EdgeIndex) => edge >= 0 && !uncuttable.has(edgeKindName(kindOfEdge(u8(meta, edge))));
  const inUse = (edge: EdgeIndex) => isExercised(u8(meta, edge));
  let best: CutStep | null = null;
  let bestScore: readonly [number, number] = [0, 0];
  const offer = (edges: EdgeIndex[], loss: Loss) => {
    const price = edges.reduce((sum, edge) => sum + (inUse(edge) ? cost : 1), 0);
    const score = [loss.weight / price, loss.count / price] as const;
    if (score[0] < bestScore[0] || (score[0] === bestScore[0] && score[1] <= bestScore[1])) return;
    bestScore = score;
    best = { edges, exercised: edges.filter(inUse), count: loss.count, weight: loss.weight };
  };
  chokes.forEachEdge(({ edge, count, weight }) => {
    if (mayCut(edge)) offer([edge], { count, weight });
  });
  const entries = new Entries(reach);
  for (const { node, ...loss } of heaviestNodes(reach, chokes)) {
    const ways = waysInto(reach, entries, chokes, node, left);
    if (ways?.every(mayCut)) offer(ways, loss);
  }
  return best;
}

/** Reached nodes with what would go with them, themselves included. */
function heaviestNodes(reach: ReachResult, chokes: ChokePoints): ({ node: NodeIndex } & Loss)[] {
  const { snapshot } = reach;
  const found: ({ node: NodeIndex } & Loss)[] = [];
  const withOwn = (node: NodeIndex, loss: Loss) => {
    found.push({ node, count: loss.count + 1, weight: loss.weight + weightOf(snapshot, node) });
  };
  const chosen = chokes.nodes(BUNDLE_CANDIDATES);
  for (const { node, ...loss } of chosen) withOwn(node, loss);
  const taken = new Set(chosen.map(({ node }) => node));
  let room = BUNDLE_CANDIDATES;
  reach.forEach((node) => {
    if (room === 0 || taken.has(node) || snapshot.sensitivityOf(node) !== 'crown_jewel') return;
    withOwn(node, chokes.lossOfNode(node));
    room -= 1;
  });
  return found;
}

/** The edges by which the rest of the reach enters a node; null when there are more than `most`. */
function waysInto(
  reach: ReachResult,
  entries: Entries,
  chokes: ChokePoints,
  node: NodeIndex,
  most: number,
): EdgeIndex[] | null {
  const { space } = reach.snapshot;
  const ways: EdgeIndex[] = [];
  for (let level = 1; level <= (node < space.firstResource ? 1 : 4); level++) {
    const isTooMany = entries.some(stateOf(space, node, level), (source, edge) => {
      if (hopAt(reach.hops, source) > 0 && !chokes.isAfter(node, source)) ways.push(edge);
      return ways.length > most;
    });
    if (isTooMany) return null;
  }
  return ways.length > 0 ? ways : null;
}

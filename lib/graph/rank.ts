import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import { nodeKindCode } from './codes.ts';
import { condense } from './condense.ts';
import type { EdgeQuery } from './query.ts';
import { reachCounts } from './reach-counts.ts';
import { weightOf } from './sensitivity-weights.ts';
import { sketchCounts } from './sketch-counts.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { f64, u8 } from './typed.ts';

export type RankQuery = Omit<EdgeQuery, 'addedEdges'> & {
  /** Nodes reached, or the sum of their sensitivity weights (when absent). */
  measure?: 'count' | 'weight';
  /** Whom to rank; every identity that is not a person when absent. */
  starts?: readonly NodeIndex[];
  /** Most edges that exact sweeps may look at before sketches are used instead. */
  exactEdgesMax?: number;
};

export type Ranked = { node: NodeIndex; score: number };
export type Ranking = {
  /** Highest first, equal ones by index. */
  ranked: Ranked[];
  /** Relative standard error of a score; 0 when every score is exact. */
  standardError: number;
};

const EXACT_EDGES_MAX = 2e9;

/** The blast radius of every identity, largest first: exact while that is affordable, by sketches beyond. */
export function rankByReach(snapshot: Snapshot, query: RankQuery = {}): Ranking {
  const starts = query.starts ?? nonHumanIdentities(snapshot);
  const measure = query.measure ?? 'weight';
  const condensation = condense(snapshot, query);
  const perSweep = condensation.targets.length + condensation.componentCount;
  const isExact = (starts.length / 32) * perSweep <= (query.exactEdgesMax ?? EXACT_EDGES_MAX);
  let scores: Float64Array;
  let standardError = 0;
  if (isExact) {
    const { counts, weights } = reachCounts(condensation, starts);
    scores = measure === 'count' ? Float64Array.from(counts) : weights;
  } else {
    const sketched = sketchCounts(condensation, starts, measure);
    standardError = sketched.standardError;
    const own = (node: NodeIndex) => (measure === 'count' ? 1 : weightOf(snapshot, node));
    scores = sketched.estimates.map((estimate, i) => Math.max(0, estimate - own(starts[i] as number)));
  }
  const ranked = starts.map((node, i) => ({ node, score: f64(scores, i) }));
  ranked.sort((a, b) => b.score - a.score || a.node - b.node);
  return { ranked, standardError };
}

export function nonHumanIdentities(snapshot: Snapshot): NodeIndex[] {
  const kinds = new Set(NON_HUMAN_KINDS.map(nodeKindCode));
  const found: NodeIndex[] = [];
  for (let node = 0; node < snapshot.nodeCount; node++) {
    if (kinds.has(u8(snapshot.parts.nodeKinds, node))) found.push(node);
  }
  return found;
}

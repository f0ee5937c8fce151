import { ACCESS_LEVELS, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { EdgeQuery, Endpoint } from './query.ts';
import { reachFrom } from './reach.ts';
import type { ReachResult } from './reach-result.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';

export type LevelChange = { node: NodeIndex; before: AccessLevel; after: AccessLevel };

export type ReachDifference = {
  /** Reached by the first only. */
  lost: NodeIndex[];
  /** Reached by the second only. */
  gained: NodeIndex[];
  /** Reached by both, less well by the second. */
  lowered: LevelChange[];
  raised: LevelChange[];
};

/**
 * What the second of two reaches over one snapshot lacks and adds. With the granted reach first and the exercised one
 * second, `lost` and `lowered` are the reach that nobody uses.
 */
export function difference(before: ReachResult, after: ReachResult): ReachDifference {
  const result: ReachDifference = { lost: [], gained: [], lowered: [], raised: [] };
  before.forEach((node) => {
    const first = before.level(node);
    const second = after.level(node);
    if (first === null) return;
    if (second === null) result.lost.push(node);
    else if (ACCESS_LEVELS[first] !== ACCESS_LEVELS[second]) {
      const isLowered = ACCESS_LEVELS[second] < ACCESS_LEVELS[first];
      (isLowered ? result.lowered : result.raised).push({ node, before: first, after: second });
    }
  });
  after.forEach((node) => {
    if (!before.has(node)) result.gained.push(node);
  });
  return result;
}

export type WhatIf = { before: ReachResult; after: ReachResult; difference: ReachDifference };

/** The reach as it is and as it would be with nodes or edges removed or added; no data is touched. */
export function whatIf(
  snapshot: Snapshot,
  starts: readonly Endpoint[],
  query: EdgeQuery,
  change: Pick<EdgeQuery, 'excludeNodes' | 'excludeEdges' | 'addedEdges'>,
): WhatIf {
  const before = reachFrom(snapshot, starts, query);
  const after = reachFrom(snapshot, starts, {
    ...query,
    excludeNodes: [...(query.excludeNodes ?? []), ...(change.excludeNodes ?? [])],
    excludeEdges: [...(query.excludeEdges ?? []), ...(change.excludeEdges ?? [])],
    addedEdges: [...(query.addedEdges ?? []), ...(change.addedEdges ?? [])],
  });
  return { before, after, difference: difference(before, after) };
}

import { AppError } from '#lib/core/errors.ts';
import type { EdgeQuery, Endpoint, SearchLimits } from '#lib/graph/query.ts';
import type { ReachResult } from '#lib/graph/reach-result.ts';
import { reachFrom, reachInto } from '#lib/graph/reach.ts';
import type { NodeIndex, Snapshot } from '#lib/graph/snapshot.ts';
import type { Scope } from './question.ts';

/** The search behind a blast radius (`from`) or an upstream view (`into`). */
export function searchReach(
  snapshot: Snapshot,
  question: Scope & { starts: readonly number[]; direction: 'from' | 'into' },
): ReachResult {
  const run = question.direction === 'from' ? reachFrom : reachInto;
  return run(snapshot, endpoints(snapshot, question.starts), options(snapshot, question));
}

/** Throws `not_found` for a node that is newer than the snapshot. */
export function endpoints(snapshot: Snapshot, ids: readonly number[]): Endpoint[] {
  return ids.map((id) => ({ node: nodeWithId(snapshot, id) }));
}

/** Throws `not_found` for a node that is newer than the snapshot. */
export function nodeWithId(snapshot: Snapshot, id: number): NodeIndex {
  const node = snapshot.nodeOf(id);
  if (node === -1)
    throw new AppError('not_found', 'The graph does not have this node yet. Try again in a moment.');
  return node;
}

export function options(snapshot: Snapshot, scope: Scope): EdgeQuery & SearchLimits {
  const known = (index: number) => index !== -1;
  return {
    mode: scope.mode,
    includeConditional: scope.includeConditional,
    asOf: scope.asOf,
    excludeEdges: scope.excludeEdges.map((id) => snapshot.edgeOf(id)).filter(known),
    excludeNodes: scope.excludeNodes.map((id) => snapshot.nodeOf(id)).filter(known),
    ...(scope.maxHops === null ? {} : { maxHops: scope.maxHops }),
  };
}

export function isSensitiveNode(snapshot: Snapshot, node: NodeIndex): boolean {
  const sensitivity = snapshot.sensitivityOf(node);
  return sensitivity === 'restricted' || sensitivity === 'crown_jewel';
}

/** Snapshots loaded from the database name nodes by its numbers. */
export const idOf = (snapshot: Snapshot, node: NodeIndex): number => Number(snapshot.nodeId(node));

import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { ADMIN, READ } from './codes.ts';
import { edgeFilter } from './edge-filter.ts';
import { makeOverlay } from './overlay.ts';
import type { EdgeQuery, Endpoint, SearchLimits } from './query.ts';
import { ReachResult } from './reach-result.ts';
import { search } from './search.ts';
import type { Snapshot } from './snapshot.ts';
import { stateOf } from './state-space.ts';

export type ReachOptions = EdgeQuery & SearchLimits;

/**
 * What falls to whoever controls the starts. A start that is a resource is held at admin unless a level is given.
 * Costs one breadth-first search; nothing is cached between calls.
 */
export function reachFrom(
  snapshot: Snapshot,
  starts: readonly Endpoint[],
  options: ReachOptions = {},
): ReachResult {
  return run(snapshot, starts, options, true);
}

/**
 * Who can reach any of the targets, each at its level or better (read when absent): exactly the inverse of `reachFrom`.
 * The level of a node in the result is the least at which it must be held.
 */
export function reachInto(
  snapshot: Snapshot,
  targets: readonly Endpoint[],
  options: ReachOptions = {},
): ReachResult {
  return run(snapshot, targets, options, false);
}

export function endpointStates(
  snapshot: Snapshot,
  endpoints: readonly Endpoint[],
  isForward: boolean,
): number[] {
  const absent = isForward ? ADMIN : READ;
  return endpoints.map(({ node, level }) => {
    if (!(node >= 0 && node < snapshot.nodeCount)) throw new RangeError('The snapshot has no such node.');
    return stateOf(snapshot.space, node, level ? ACCESS_LEVELS[level] : absent);
  });
}

function run(
  snapshot: Snapshot,
  endpoints: readonly Endpoint[],
  options: ReachOptions,
  isForward: boolean,
): ReachResult {
  const filter = edgeFilter(snapshot, options);
  const added = options.addedEdges ?? [];
  const overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, isForward) : null;
  const starts = endpointStates(snapshot, endpoints, isForward);
  const outcome = search({ snapshot, isForward, starts, filter, overlay, limits: options });
  return new ReachResult(snapshot, isForward, filter, added, outcome);
}

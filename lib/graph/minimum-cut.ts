import { AppError } from '#lib/core/errors.ts';
import type { EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { edgeFilter } from './edge-filter.ts';
import { FlowNetwork } from './flow-network.ts';
import type { EdgeQuery, Endpoint } from './query.ts';
import { endpointStates } from './reach.ts';
import { LEVEL_ARC, ResidualSide } from './residual-side.ts';
import type { EdgeIndex, Snapshot } from './snapshot.ts';

export type CutQuery = Omit<EdgeQuery, 'addedEdges'> & {
  /** Kinds that nobody can revoke; none when absent. */
  uncuttable?: readonly EdgeKind[];
};

/** `edges` is null when no set of edges that may be cut parts the two. */
export type MinimumCut = { edges: EdgeIndex[] | null };

/**
 * The fewest edges without which no start reaches any target (at its level, read when absent). Maximum flow by shortest
 * augmenting paths (Edmonds and Karp, 1972), each searched from both ends: in a graph with hubs such a search sees a
 * small part of it, and the last one, which fails, only the smaller side of the cut.
 */
export function minimumCut(
  snapshot: Snapshot,
  from: readonly Endpoint[],
  to: readonly Endpoint[],
  query: CutQuery = {},
): MinimumCut {
  if ((query as EdgeQuery).addedEdges?.length) {
    throw new AppError('invalid_input', 'A minimum cut is of edges that exist; ask it without added edges.');
  }
  const network = new FlowNetwork(snapshot, edgeFilter(snapshot, query), query.uncuttable ?? []);
  const starts = endpointStates(snapshot, from, true);
  const targets = endpointStates(snapshot, to, false);
  if (isAlreadyThere(snapshot, network, starts, targets)) return { edges: null };
  const ahead = new ResidualSide(network, true);
  const behind = new ResidualSide(network, false);
  for (;;) {
    const meeting = meet(ahead, behind, starts, targets);
    if (meeting === -1) return { edges: cutBetween(network, ahead, behind) };
    const arcs = [...ahead.arcsTo(meeting), ...behind.arcsTo(meeting)];
    if (arcs.every(({ edge }) => edge === LEVEL_ARC || network.isUncuttable(edge))) return { edges: null };
    for (const { from: source, to: target, edge } of arcs) {
      if (edge === LEVEL_ARC) network.sendBetweenLevels(source, target);
      else network.send(source, target, edge);
    }
  }
}

function meet(
  ahead: ResidualSide,
  behind: ResidualSide,
  starts: readonly number[],
  targets: readonly number[],
): number {
  ahead.begin(starts);
  behind.begin(targets);
  while (!ahead.isExhausted && !behind.isExhausted) {
    const meeting = ahead.cost <= behind.cost ? ahead.grow(behind.seen) : behind.grow(ahead.seen);
    if (meeting !== -1) return meeting;
  }
  return -1;
}

/** The used edges that lead out of what an exhausted side has seen. */
function cutBetween(network: FlowNetwork, ahead: ResidualSide, behind: ResidualSide): EdgeIndex[] {
  const { snapshot } = network;
  const isBefore = (state: number) =>
    ahead.isExhausted ? ahead.seen[state] === 1 : behind.seen[state] === 0;
  return [...network.usedEdges()]
    .filter((edge) => isBefore(snapshot.sourceState(edge)) && !isBefore(snapshot.targetState(edge)))
    .sort((a, b) => a - b);
}

function isAlreadyThere(
  snapshot: Snapshot,
  network: FlowNetwork,
  starts: readonly number[],
  targets: readonly number[],
): boolean {
  const { resourceStates } = snapshot.space;
  const implied = (state: number) => (state < resourceStates ? state : state & ~3);
  return starts.some(
    (start) =>
      !network.isBlocked(start) &&
      targets.some((target) => target <= start && implied(target) === implied(start)),
  );
}

/** All nodes of the highest sensitivity, as targets at a level (read when absent). */
export function crownJewels(snapshot: Snapshot, level?: Endpoint['level']): Endpoint[] {
  const jewels: Endpoint[] = [];
  for (let node = 0; node < snapshot.nodeCount; node++) {
    if (snapshot.sensitivityOf(node) === 'crown_jewel') jewels.push(level ? { node, level } : { node });
  }
  return jewels;
}

import { edgeFilter, rowPart } from './edge-filter.ts';
import { hasBit } from './bits.ts';
import { passes } from './expand.ts';
import type { EdgeQuery } from './query.ts';
import type { Snapshot } from './snapshot.ts';
import { GrowingInts } from './growing-columns.ts';
import { strongComponents, type Successors } from './strong-components.ts';
import { baseState } from './state-space.ts';
import { weightOf } from './sensitivity-weights.ts';
import { f64, i32 } from './typed.ts';

/**
 * The graph with every cycle drawn together: states that reach each other reach the same. A component's edges lead to
 * components of a lower number, so that one sweep answers what a search per node would.
 */
export type Condensation = {
  readonly snapshot: Snapshot;
  readonly componentCount: number;
  /** By state; -1 for states that may not be entered. */
  readonly componentOf: Int32Array;
  readonly offsets: Int32Array;
  /** Without repetition within a row. */
  readonly targets: Int32Array;
  /** Nodes that count in the component, and their weight. */
  readonly nodeCounts: Int32Array;
  readonly nodeWeights: Float64Array;
};

/** `addedEdges` of the query are not supported and left out by its type. */
export function condense(snapshot: Snapshot, query: Omit<EdgeQuery, 'addedEdges'> = {}): Condensation {
  const filter = edgeFilter(snapshot, query);
  const rows = rowPart(snapshot.parts.out, filter);
  const successors: Successors = {
    stateCount: snapshot.space.stateCount,
    resourceStates: snapshot.space.resourceStates,
    starts: rows.starts,
    ends: rows.ends,
    targets: rows.targets,
    accepts: filter.hasTest ? (position) => passes(filter, rows, position) : null,
    isBlocked: (state) => filter.blockedStates !== null && hasBit(filter.blockedStates, state),
  };
  const { componentOf, componentCount } = strongComponents(successors);
  const { offsets, targets } = componentRows(successors, componentOf, componentCount);
  const nodeCounts = new Int32Array(componentCount);
  const nodeWeights = new Float64Array(componentCount);
  for (let node = 0; node < snapshot.nodeCount; node++) {
    const component = i32(componentOf, baseState(snapshot.space, node, 'down'));
    if (component === -1) continue;
    nodeCounts[component] = i32(nodeCounts, component) + 1;
    nodeWeights[component] = f64(nodeWeights, component) + weightOf(snapshot, node);
  }
  return { snapshot, componentCount, componentOf, offsets, targets, nodeCounts, nodeWeights };
}

function componentRows(successors: Successors, componentOf: Int32Array, componentCount: number) {
  const { stateCount, resourceStates, starts, ends, targets: rowTargets, accepts } = successors;
  const members = statesByComponent(componentOf, componentCount);
  const offsets = new Int32Array(componentCount + 1);
  const targets = new GrowingInts();
  const lastSeen = new Int32Array(componentCount).fill(-1);
  const take = (component: number, target: number) => {
    const other = i32(componentOf, target);
    if (other === -1 || other === component || i32(lastSeen, other) === component) return;
    lastSeen[other] = component;
    targets.push(other);
  };
  for (let component = 0; component < componentCount; component++) {
    offsets[component] = targets.length;
    for (let m = i32(members.offsets, component); m < i32(members.offsets, component + 1); m++) {
      const state = i32(members.states, m);
      if (state >= stateCount) continue;
      for (let i = i32(starts, state); i < i32(ends, state); i++) {
        if (accepts === null || accepts(i)) take(component, i32(rowTargets, i));
      }
      if (state >= resourceStates && (state & 3) !== 0) take(component, state - 1);
    }
  }
  offsets[componentCount] = targets.length;
  return { offsets, targets: targets.view().slice() };
}

function statesByComponent(componentOf: Int32Array, componentCount: number) {
  const offsets = new Int32Array(componentCount + 2);
  for (const component of componentOf) {
    if (component !== -1) offsets[component + 2] = i32(offsets, component + 2) + 1;
  }
  for (let c = 1; c < offsets.length; c++) offsets[c] = i32(offsets, c) + i32(offsets, c - 1);
  const states = new Int32Array(componentOf.length);
  for (let state = 0; state < componentOf.length; state++) {
    const component = i32(componentOf, state);
    if (component === -1) continue;
    const place = i32(offsets, component + 1);
    states[place] = state;
    offsets[component + 1] = place + 1;
  }
  return { offsets, states };
}

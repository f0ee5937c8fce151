import { i32 } from './typed.ts';

/** Rows over states; a level of a resource also leads to the next lower one. */
export type Successors = {
  readonly stateCount: number;
  readonly resourceStates: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly targets: Int32Array;
  /** Whether the edge at a position counts; null when all do. */
  readonly accepts: ((position: number) => boolean) | null;
  readonly isBlocked: (state: number) => boolean;
};

export type Components = { componentOf: Int32Array; componentCount: number };

/**
 * Strongly connected components (Tarjan, 1972), without recursion. Numbered so that every edge between two components
 * leads to the lower number. Blocked states are in none (-1).
 */
export function strongComponents(graph: Successors): Components {
  const { stateCount } = graph;
  const walk = {
    graph,
    componentOf: new Int32Array(stateCount).fill(-1),
    componentCount: 0,
    /** Order of discovery from 1 on; once it is known, the least order that the state leads back to. */
    lows: new Int32Array(stateCount),
    orders: new Int32Array(stateCount),
    open: new Int32Array(stateCount),
    openCount: 0,
    discovered: 0,
    path: new Int32Array(stateCount),
    cursors: new Int32Array(stateCount),
  };
  for (let state = 0; state < stateCount; state++) {
    if (i32(walk.orders, state) === 0 && !graph.isBlocked(state)) walkFrom(walk, state);
  }
  return { componentOf: walk.componentOf, componentCount: walk.componentCount };
}

type Walk = {
  readonly graph: Successors;
  readonly componentOf: Int32Array;
  componentCount: number;
  readonly lows: Int32Array;
  readonly orders: Int32Array;
  readonly open: Int32Array;
  openCount: number;
  discovered: number;
  readonly path: Int32Array;
  /** Next position of the row; one before the row for the step to the lower level. */
  readonly cursors: Int32Array;
};

function discover(walk: Walk, state: number): void {
  walk.discovered += 1;
  walk.orders[state] = walk.discovered;
  walk.lows[state] = walk.discovered;
  walk.open[walk.openCount++] = state;
  const hasLower = state >= walk.graph.resourceStates && (state & 3) !== 0;
  walk.cursors[state] = i32(walk.graph.starts, state) - (hasLower ? 1 : 0);
}

function walkFrom(walk: Walk, root: number): void {
  const { path, lows, orders, componentOf, cursors } = walk;
  const { starts, ends, targets, accepts, isBlocked } = walk.graph;
  let depth = 0;
  path[0] = root;
  discover(walk, root);
  while (depth >= 0) {
    const state = i32(path, depth);
    const end = i32(ends, state);
    const start = i32(starts, state);
    let cursor = i32(cursors, state);
    let next = -1;
    for (; cursor < end; cursor++) {
      if (cursor >= start && accepts !== null && !accepts(cursor)) continue;
      const target = cursor < start ? state - 1 : i32(targets, cursor);
      const order = i32(orders, target);
      if (order === 0) {
        if (isBlocked(target)) continue;
        next = target;
        break;
      }
      if (i32(componentOf, target) === -1 && order < i32(lows, state)) lows[state] = order;
    }
    cursors[state] = cursor + 1;
    if (next !== -1) {
      path[++depth] = next;
      discover(walk, next);
      continue;
    }
    if (i32(lows, state) === i32(orders, state)) closeComponent(walk, state);
    depth -= 1;
    if (depth < 0) return;
    const parent = i32(path, depth);
    if (i32(lows, state) < i32(lows, parent)) lows[parent] = i32(lows, state);
  }
}

function closeComponent(walk: Walk, root: number): void {
  for (;;) {
    const state = i32(walk.open, --walk.openCount);
    walk.componentOf[state] = walk.componentCount;
    if (state === root) break;
  }
  walk.componentCount += 1;
}

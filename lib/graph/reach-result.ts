import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { levelName, nodeKindName } from './codes.ts';
import type { EdgeFilter } from './edge-filter.ts';
import { passes } from './expand.ts';
import { makeOverlay, overlayRow, type Overlay } from './overlay.ts';
import { addedRef, type AddedEdge, type EdgeRef, type Truncation } from './query.ts';
import type { SearchOutcome } from './search.ts';
import { rowEnds } from './edge-filter.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { baseState, levelOfState, nodeOfState, stateOf } from './state-space.ts';
import { hopAt, i32, u8, type Hops } from './typed.ts';

/** One hop of a path; `level` is what it gives on `to` (admin where `to` is no resource). */
export type PathHop = { from: NodeIndex; edge: EdgeRef; to: NodeIndex; level: AccessLevel };

/** The answer of one reach. Holds one number per state; paths are read back from those when asked for. */
export class ReachResult {
  readonly snapshot: Snapshot;
  readonly isForward: boolean;
  readonly filter: EdgeFilter;
  readonly added: readonly AddedEdge[];
  /** Per state: hops plus one, 0 where not reached. */
  readonly hops: Hops;
  /** Nodes first reached after 0 (the starts), 1, 2 … hops. */
  readonly byHop: readonly number[];
  /** Nodes reached beside the starts. */
  readonly count: number;
  /** Why the search stopped before it had seen everything; null when the answer is whole. */
  readonly truncated: Truncation | null;
  #overlay: Overlay | null | undefined;

  constructor(
    snapshot: Snapshot,
    isForward: boolean,
    filter: EdgeFilter,
    added: readonly AddedEdge[],
    outcome: SearchOutcome,
  ) {
    this.snapshot = snapshot;
    this.isForward = isForward;
    this.filter = filter;
    this.added = added;
    this.hops = outcome.hops;
    this.byHop = outcome.nodesByHop;
    this.truncated = outcome.truncated;
    this.count = outcome.nodesByHop.reduce((sum, nodes, hop) => (hop === 0 ? 0 : sum + nodes), 0);
  }

  /** Hops to the node, 0 for a start, -1 where it is not reached. */
  distance(node: NodeIndex): number {
    const base = baseState(this.snapshot.space, node, this.isForward ? 'down' : 'up');
    return hopAt(this.hops, base) - 1;
  }

  has(node: NodeIndex): boolean {
    return this.distance(node) >= 0;
  }

  /**
   * Forward: the best level at which the node is reached; backward: the least at which holding it is enough. Null
   * where it is not reached; a node that is no resource is reached at admin, or needs to be held at all (admin).
   */
  level(node: NodeIndex): AccessLevel | null {
    if (!this.has(node)) return null;
    const { space } = this.snapshot;
    if (node < space.firstResource) return 'admin';
    const levels = this.isForward ? [4, 3, 2, 1] : [1, 2, 3, 4];
    const level = levels.find((l) => hopAt(this.hops, stateOf(space, node, l)) > 0);
    return level === undefined ? null : levelName(level);
  }

  /** Calls `visit` for every reached node beside the starts, in order of index. */
  forEach(visit: (node: NodeIndex, distance: number) => void): void {
    const { space } = this.snapshot;
    const { hops } = this;
    for (let node = 0; node < space.firstResource; node++) {
      const value = hopAt(hops, node);
      if (value > 1) visit(node, value - 1);
    }
    let state = baseState(space, space.firstResource, this.isForward ? 'down' : 'up');
    for (let node = space.firstResource; node < space.nodeCount; node++, state += 4) {
      const value = hopAt(hops, state);
      if (value > 1) visit(node, value - 1);
    }
  }

  /** Reached nodes beside the starts. */
  nodes(): Int32Array {
    const nodes = new Int32Array(this.count);
    let n = 0;
    this.forEach((node) => (nodes[n++] = node));
    return nodes;
  }

  /** Reached nodes beside the starts, counted by kind and by hop; kinds in the order of the ontology. */
  byKindAndHop(): Map<NodeKind, number[]> {
    const kinds = this.snapshot.parts.nodeKinds;
    const width = this.byHop.length;
    const counts = new Int32Array(width * 16);
    this.forEach((node, distance) => {
      const cell = u8(kinds, node) * width + distance;
      counts[cell] = i32(counts, cell) + 1;
    });
    const table = new Map<NodeKind, number[]>();
    for (let kind = 0; kind < 16; kind++) {
      const row = [...counts.subarray(kind * width, (kind + 1) * width)];
      if (row.some((n) => n > 0)) table.set(nodeKindName(kind), row);
    }
    return table;
  }

  byKind(): Map<NodeKind, number> {
    const sums = [...this.byKindAndHop()].map(([kind, row]) => [kind, row.reduce((a, b) => a + b, 0)] as const);
    return new Map(sums);
  }

  /**
   * One shortest path: from a start to the node (forward), or from the node to a target (backward). With a level, the
   * path that reaches the node at that level or better (forward), or leaves it held at that level (backward). Null where
   * there is none; empty for a start. Costs the edges into the nodes of the path.
   */
  pathTo(node: NodeIndex, level?: AccessLevel): PathHop[] | null {
    const { space } = this.snapshot;
    const wanted = level ? ['read', 'use', 'write', 'admin'].indexOf(level) + 1 : 0;
    let state = wanted
      ? stateOf(space, node, wanted)
      : baseState(space, node, this.isForward ? 'down' : 'up');
    if (hopAt(this.hops, state) === 0) return null;
    const hops: PathHop[] = [];
    while (hopAt(this.hops, state) > 1) {
      const step = this.#stepTowardsStart(state);
      const near = nodeOfState(space, step.previous);
      const far = nodeOfState(space, step.entered);
      const reached = levelName(levelOfState(space, this.isForward ? step.entered : step.previous));
      if (this.isForward) hops.unshift({ from: near, edge: step.edge, to: far, level: reached });
      else hops.push({ from: far, edge: step.edge, to: near, level: reached });
      state = step.previous;
    }
    return hops;
  }

  /** The edge by which a state (or one that implies it) was reached, from a state one hop nearer. */
  #stepTowardsStart(state: number): { previous: number; entered: number; edge: EdgeRef } {
    const { space } = this.snapshot;
    const hop = hopAt(this.hops, state);
    // A level may be held because a better one was reached at the same hop.
    const isResource = state >= space.resourceStates;
    const last = !isResource ? state : this.isForward ? state | 3 : state & ~3;
    const stride = this.isForward ? 1 : -1;
    for (let entered = state; ; entered += stride) {
      if (hopAt(this.hops, entered) === hop) {
        const found = this.#enteringEdge(entered, hop - 1);
        if (found) return { previous: found.previous, entered, edge: found.edge };
      }
      if (entered === last) throw new Error('A reached state has no edge that reached it.');
    }
  }

  #enteringEdge(state: number, hop: number): { previous: number; edge: EdgeRef } | null {
    const { parts } = this.snapshot;
    const rows = this.isForward ? parts.in : parts.out;
    const end = i32(rowEnds(rows, this.filter), state);
    for (let i = i32(rows.offsets, state); i < end; i++) {
      const previous = i32(rows.targets, i);
      if (hopAt(this.hops, previous) === hop && passes(this.filter, rows, i)) {
        return { previous, edge: rows.edges ? i32(rows.edges, i) : i };
      }
    }
    const overlay = this.#reverseOverlay();
    const row = overlay ? overlayRow(overlay, state) : -1;
    if (!overlay || row === -1) return null;
    for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
      const previous = i32(overlay.targets, i);
      if (hopAt(this.hops, previous) === hop) return { previous, edge: addedRef(i32(overlay.positions, i)) };
    }
    return null;
  }

  #reverseOverlay(): Overlay | null {
    if (this.#overlay === undefined) {
      const { space } = this.snapshot;
      this.#overlay =
        this.added.length === 0 ? null : makeOverlay(space, this.added, this.filter.allowed, !this.isForward);
    }
    return this.#overlay;
  }
}

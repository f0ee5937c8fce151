import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';
import { levelName } from './codes.ts';
import { rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import { passes } from './expand.ts';
import { makeOverlay, overlayRow, type Overlay } from './overlay.ts';
import { addedRef, type AddedEdge, type EdgeRef } from './query.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { levelOfState, nodeOfState } from './state-space.ts';
import { hopAt, i32, type Hops } from './typed.ts';

/** One hop of a path; `level` is what it gives on `to` (admin where `to` is no resource). */
export type PathHop = { from: NodeIndex; edge: EdgeRef; to: NodeIndex; level: AccessLevel };

/** An edge by which a state can have been reached: from `previous`, into `entered`, which implies the state. */
export type Entry = { previous: number; entered: number; edge: EdgeRef };

/**
 * Reads paths back from distances alone, over the rows of the other direction: no parent is stored, and all shortest
 * predecessors can be had. `hops` holds hops plus one per state, 0 where not reached.
 */
export class PathReader {
  readonly snapshot: Snapshot;
  readonly isForward: boolean;
  readonly hops: Hops;
  readonly #filter: EdgeFilter;
  readonly #rows: RowPart;
  readonly #overlay: Overlay | null;

  constructor(
    snapshot: Snapshot,
    isForward: boolean,
    filter: EdgeFilter,
    added: readonly AddedEdge[],
    hops: Hops,
  ) {
    this.snapshot = snapshot;
    this.isForward = isForward;
    this.hops = hops;
    this.#filter = filter;
    this.#rows = rowPart(isForward ? snapshot.parts.in : snapshot.parts.out, filter);
    this.#overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, !isForward) : null;
  }

  /** The hops between a start and a reached state, in the order in which control flows. */
  pathTo(reached: number): PathHop[] {
    const path: PathHop[] = [];
    for (let state = reached; hopAt(this.hops, state) > 1;) {
      const entry = this.#firstEntry(state);
      if (!entry) throw new Error('A reached state has no edge that reached it.');
      path.push(this.hopOf(entry));
      state = entry.previous;
    }
    return this.isForward ? path.reverse() : path;
  }

  /** The first of `entries`, without a generator for the common case. */
  #firstEntry(state: number): Entry | undefined {
    const { starts, ends, targets, edges } = this.#rows;
    const hop = hopAt(this.hops, state) - 1;
    const end = i32(ends, state);
    for (let i = i32(starts, state); i < end; i++) {
      const previous = i32(targets, i);
      if (hopAt(this.hops, previous) !== hop || !passes(this.#filter, this.#rows, i)) continue;
      return { previous, entered: state, edge: edges ? i32(edges, i) : i };
    }
    return this.entries(state).next().value;
  }

  hopOf({ previous, entered, edge }: Entry): PathHop {
    const { space } = this.snapshot;
    const near = nodeOfState(space, previous);
    const far = nodeOfState(space, entered);
    return this.isForward
      ? { from: near, edge, to: far, level: levelName(levelOfState(space, entered)) }
      : { from: far, edge, to: near, level: levelName(levelOfState(space, previous)) };
  }

  /** Every edge that reaches the state at its distance, also by way of a level that implies it. */
  *entries(state: number): Generator<Entry, undefined> {
    const hop = hopAt(this.hops, state);
    if (hop <= 1) return;
    const isResource = state >= this.snapshot.space.resourceStates;
    const last = !isResource ? state : this.isForward ? state | 3 : state & ~3;
    for (let entered = state; ; entered += this.isForward ? 1 : -1) {
      if (hopAt(this.hops, entered) === hop) yield* this.#entriesInto(entered, hop - 1);
      if (entered === last) return;
    }
  }

  *#entriesInto(entered: number, hop: number): Generator<Entry, undefined> {
    const { starts, ends, targets, edges } = this.#rows;
    for (let i = i32(starts, entered); i < i32(ends, entered); i++) {
      const previous = i32(targets, i);
      if (hopAt(this.hops, previous) === hop && passes(this.#filter, this.#rows, i)) {
        yield { previous, entered, edge: edges ? i32(edges, i) : i };
      }
    }
    const overlay = this.#overlay;
    const row = overlay ? overlayRow(overlay, entered) : -1;
    if (!overlay || row === -1) return;
    for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
      const previous = i32(overlay.targets, i);
      if (hopAt(this.hops, previous) === hop) {
        yield { previous, entered, edge: addedRef(i32(overlay.positions, i)) };
      }
    }
  }
}

import { rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import { passes } from './expand.ts';
import { makeOverlay, overlayRow, type Overlay } from './overlay.ts';
import { addedRef, type EdgeRef } from './query.ts';
import type { ReachResult } from './reach-result.ts';
import { i32 } from './typed.ts';

/** The edges into a state that a forward reach could use, added ones included. */
export class Entries {
  readonly rows: RowPart;
  readonly filter: EdgeFilter;
  readonly overlay: Overlay | null;

  constructor({ snapshot, filter, added }: ReachResult) {
    this.rows = rowPart(snapshot.parts.in, filter);
    this.filter = filter;
    this.overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, false) : null;
  }

  /** Calls `visit` with each edge's source state until it returns true; whether it did. */
  some(state: number, visit: (source: number, edge: EdgeRef) => boolean): boolean {
    const { starts, ends, targets, edges } = this.rows;
    const end = i32(ends, state);
    for (let i = i32(starts, state); i < end; i++) {
      if (!passes(this.filter, this.rows, i)) continue;
      if (visit(i32(targets, i), edges ? i32(edges, i) : i)) return true;
    }
    const overlay = this.overlay;
    const row = overlay ? overlayRow(overlay, state) : -1;
    if (!overlay || row === -1) return false;
    for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
      if (visit(i32(overlay.targets, i), addedRef(i32(overlay.positions, i)))) return true;
    }
    return false;
  }
}

import { hasBit, type Bits } from './bits.ts';
import { boundsOf, CLASS_COUNT, partsOf } from './row-bounds.ts';
import type { Rows } from './snapshot.ts';
import type { StateSpace } from './state-space.ts';
import { i32, known, sharedBytes, sharedInts, u8 } from './typed.ts';

/** An edge that comes into rows: its states at this end and at the far one, and the part of its row (row-bounds.ts). */
export type Insertion = { near: number; far: number; part: number; meta: number };

export type Merge = {
  rows: Rows;
  /** By state of `rows`: the state now; ascending. */
  stateMap: Int32Array;
  space: StateSpace;
  /** By edge: whether it goes. */
  removed: Bits;
  insertions: readonly Insertion[];
};

export type MergedRows = {
  rows: Omit<Rows, 'edges'>;
  /** By position: the position before, or `-1 - i` for the i-th insertion. */
  order: Int32Array;
};

/** Takes edges out of rows and puts others in, in one pass over what was ordered before. */
export function mergeRows(merge: Merge): MergedRows {
  const { rows, stateMap, space, insertions } = merge;
  const ends = new Int32Array(space.stateCount * CLASS_COUNT + 1);
  const order = orderOf(merge, ends);
  const targets = sharedInts(order.length);
  const meta = sharedBytes(order.length);
  for (let i = 0; i < order.length; i++) {
    const old = i32(order, i);
    targets[i] = old >= 0 ? i32(stateMap, i32(rows.targets, old)) : known(insertions, -1 - old).far;
    meta[i] = old >= 0 ? u8(rows.meta, old) : known(insertions, -1 - old).meta;
  }
  return { rows: { ...partsOf(boundsOf(ends)), targets, meta }, order };
}

/** Also counts, in `ends`, the edges of each slot. */
function orderOf({ rows, stateMap, removed, insertions }: Merge, ends: Int32Array): Int32Array {
  const { offsets, exercisedStarts, grantedEnds, exercisedEnds, targets, edges } = rows;
  const { slots, fars, serials } = inRowOrder(insertions);
  const order = new Int32Array(targets.length + insertions.length);
  let n = 0;
  let next = 0;
  const insert = () => {
    const slot = i32(slots, next) + 1;
    ends[slot] = i32(ends, slot) + 1;
    order[n++] = -1 - i32(serials, next++);
  };
  for (let state = 0; state < stateMap.length; state++) {
    const first = i32(offsets, state);
    const last = i32(offsets, state + 1);
    if (first === last) continue;
    const partEnds = [i32(exercisedStarts, state), i32(grantedEnds, state), i32(exercisedEnds, state), last];
    let i = first;
    for (let part = 0; part < CLASS_COUNT; part++) {
      const slot = i32(stateMap, state) * CLASS_COUNT + part;
      while (next < slots.length && i32(slots, next) < slot) insert();
      const end = known(partEnds, part);
      let kept = 0;
      for (; i < end; i++) {
        if (hasBit(removed, edges === null ? i : i32(edges, i))) continue;
        while (
          next < slots.length &&
          i32(slots, next) === slot &&
          i32(fars, next) <= i32(stateMap, i32(targets, i))
        ) {
          insert();
        }
        order[n++] = i;
        kept += 1;
      }
      ends[slot + 1] = i32(ends, slot + 1) + kept;
    }
  }
  while (next < slots.length) insert();
  return order.subarray(0, n);
}

function inRowOrder(insertions: readonly Insertion[]) {
  const slotOf = (i: number) => known(insertions, i).near * CLASS_COUNT + known(insertions, i).part;
  const serials = Int32Array.from(insertions.keys()).sort(
    (a, b) => slotOf(a) - slotOf(b) || known(insertions, a).far - known(insertions, b).far || a - b,
  );
  return { serials, slots: serials.map(slotOf), fars: serials.map((i) => known(insertions, i).far) };
}

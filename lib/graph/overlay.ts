import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { bitsFor, popcount, setBit, type Bits } from './bits.ts';
import { edgeKindCode, kindOfEdge, levelOfEdge, needOfKind, packEdge } from './codes.ts';
import type { AddedEdge } from './query.ts';
import { stateOf, type StateSpace } from './state-space.ts';
import { i32, u8 } from './typed.ts';

/**
 * Added edges beside the snapshot, as small rows of their own: a bit per state that has any, and the rank of that bit
 * as the number of its row. A search pays one word per 32 states, and the rows that it really needs.
 */
export type Overlay = {
  readonly occupied: Bits;
  /** Set bits before each word. */
  readonly ranks: Int32Array;
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Position in the list of added edges. */
  readonly positions: Int32Array;
};

/** The added edges that pass the filter, by the state they leave (`forward`) or the state they reach. */
export function makeOverlay(
  space: StateSpace,
  added: readonly AddedEdge[],
  allowed: Uint8Array,
  isForward: boolean,
): Overlay | null {
  const near = new Int32Array(added.length);
  const far = new Int32Array(added.length);
  const keys = new Float64Array(added.length);
  let count = 0;
  for (const [position, edge] of added.entries()) {
    const meta = metaOfAdded(edge);
    if (u8(allowed, meta) === 0) continue;
    const from = stateOf(space, edge.from, needOfKind(kindOfEdge(meta)));
    const to = stateOf(space, edge.to, levelOfEdge(meta));
    near[position] = isForward ? from : to;
    far[position] = isForward ? to : from;
    // Ordered by state, then by position; both fit a double exactly.
    keys[count++] = i32(near, position) * added.length + position;
  }
  if (count === 0) return null;
  const positions = Int32Array.from(keys.subarray(0, count).sort(), (key) => key % added.length);
  return layOut(space, near, far, positions);
}

function metaOfAdded(edge: AddedEdge): number {
  const level = edge.level ? ACCESS_LEVELS[edge.level] : 0;
  return packEdge(edgeKindCode(edge.kind), level, edge.conditional === true, edge.exercised === true);
}

function layOut(space: StateSpace, near: Int32Array, far: Int32Array, positions: Int32Array): Overlay {
  const occupied = bitsFor(space.stateCount);
  const offsets: number[] = [];
  let last = -1;
  for (const [i, position] of positions.entries()) {
    const state = i32(near, position);
    if (state !== last) offsets.push(i);
    setBit(occupied, state);
    last = state;
  }
  offsets.push(positions.length);
  const ranks = new Int32Array(occupied.length);
  for (let w = 1; w < ranks.length; w++) ranks[w] = i32(ranks, w - 1) + popcount(i32(occupied, w - 1));
  return {
    occupied,
    ranks,
    offsets: Int32Array.from(offsets),
    targets: positions.map((position) => i32(far, position)),
    positions,
  };
}

/** The row of a state, or -1 when it has none. */
export function overlayRow(overlay: Overlay, state: number): number {
  const word = i32(overlay.occupied, state >>> 5);
  const bit = 1 << (state & 31);
  if ((word & bit) === 0) return -1;
  return i32(overlay.ranks, state >>> 5) + popcount(word & (bit - 1));
}

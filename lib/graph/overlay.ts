import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { bitsFor, popcount, setBit, type Bits } from './bits.ts';
import { edgeKindCode, kindOfEdge, levelOfEdge, needOfKind, packEdge } from './codes.ts';
import type { AddedEdge } from './query.ts';
import { stateOf, type StateSpace } from './state-space.ts';
import { i32, known, u8 } from './typed.ts';

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

type Ends = { from: number; to: number; position: number };

/** The added edges that pass the filter, by the state they leave (`forward`) or the state they reach. */
export function makeOverlay(
  space: StateSpace,
  added: readonly AddedEdge[],
  allowed: Uint8Array,
  isForward: boolean,
): Overlay | null {
  const list: Ends[] = [];
  for (const [position, edge] of added.entries()) {
    const meta = metaOfAdded(edge);
    if (u8(allowed, meta) === 0) continue;
    const from = stateOf(space, edge.from, needOfKind(kindOfEdge(meta)));
    const to = stateOf(space, edge.to, levelOfEdge(meta));
    list.push(isForward ? { from, to, position } : { from: to, to: from, position });
  }
  return list.length > 0 ? layOut(space, list) : null;
}

export function metaOfAdded(edge: AddedEdge): number {
  const level = edge.level ? ACCESS_LEVELS[edge.level] : 0;
  return packEdge(edgeKindCode(edge.kind), level, edge.conditional === true, edge.exercised === true);
}

function layOut(space: StateSpace, list: Ends[]): Overlay {
  list.sort((a, b) => a.from - b.from || a.position - b.position);
  const occupied = bitsFor(space.stateCount);
  const offsets: number[] = [];
  for (const [i, { from }] of list.entries()) {
    if (i === 0 || known(list, i - 1).from !== from) offsets.push(i);
    setBit(occupied, from);
  }
  offsets.push(list.length);
  const ranks = new Int32Array(occupied.length);
  for (let w = 1; w < ranks.length; w++) ranks[w] = i32(ranks, w - 1) + popcount(i32(occupied, w - 1));
  return {
    occupied,
    ranks,
    offsets: Int32Array.from(offsets),
    targets: Int32Array.from(list, (ends) => ends.to),
    positions: Int32Array.from(list, (ends) => ends.position),
  };
}

/** The row of a state, or -1 when it has none. */
export function overlayRow(overlay: Overlay, state: number): number {
  const word = i32(overlay.occupied, state >>> 5);
  const bit = 1 << (state & 31);
  if ((word & bit) === 0) return -1;
  return i32(overlay.ranks, state >>> 5) + popcount(word & (bit - 1));
}

import { setBit } from './bits.ts';
import { allowedBytes } from './edge-filter.ts';
import type { Rows } from './snapshot.ts';
import { i32, known, sharedInts, u8 } from './typed.ts';

/** The parts of a row (see Rows), in this order. */
export const CLASS_COUNT = 4;
/** Where what has an end stands, whatever its byte. */
export const ENDED_CLASS = 3;

/** By the byte of an edge without an end: the part of its row in which it stands. */
export function classTable(): Uint8Array {
  const granted = allowedBytes({ mode: 'granted' });
  const exercised = allowedBytes({ mode: 'exercised' });
  return Uint8Array.from(granted, (isGranted, meta) => {
    const isExercised = u8(exercised, meta);
    if (isGranted === 1) return isExercised === 1 ? 1 : 0;
    return isExercised === 1 ? 2 : 3;
  });
}

/**
 * Turns counts into places. `ends` holds at `slot + 1` how many edges the slot `state * CLASS_COUNT + part` has; it holds
 * afterwards where each slot begins. Returns, by part and state, the same in shared memory, with the total at the end.
 */
export function boundsOf(ends: Int32Array): Int32Array[] {
  for (let s = 1; s < ends.length; s++) ends[s] = i32(ends, s) + i32(ends, s - 1);
  const stateCount = (ends.length - 1) / CLASS_COUNT;
  return Array.from({ length: CLASS_COUNT }, (_, part) => {
    const starts = sharedInts(stateCount + 1);
    for (let s = 0; s < stateCount; s++) starts[s] = i32(ends, s * CLASS_COUNT + part);
    starts[stateCount] = i32(ends, ends.length - 1);
    return starts;
  });
}

export type RowBounds = Omit<Rows, 'targets' | 'meta' | 'edges'>;

/** Bounds that are equal throughout are kept once. */
export function partsOf(bounds: readonly Int32Array[]): RowBounds {
  const offsets = known(bounds, 0);
  const exercisedStarts = sameOr(offsets, known(bounds, 1));
  const exercisedEnds = sameOr(offsets.subarray(1), known(bounds, 3).subarray(0, -1));
  const grantedEnds = sameOr(exercisedEnds, known(bounds, 2).subarray(0, exercisedEnds.length));
  const words = (offsets.length - 1) >>> 5;
  const [occupied, grantedOccupied, exercisedOccupied] = [
    sharedInts(words),
    sharedInts(words),
    sharedInts(words),
  ];
  let grantedCount = 0;
  let exercisedCount = 0;
  for (let s = 0; s < offsets.length - 1; s++) {
    if (i32(offsets, s + 1) > i32(offsets, s)) setBit(occupied, s);
    const granted = i32(grantedEnds, s) - i32(offsets, s);
    const exercised = i32(exercisedEnds, s) - i32(exercisedStarts, s);
    if (granted > 0) setBit(grantedOccupied, s);
    if (exercised > 0) setBit(exercisedOccupied, s);
    grantedCount += granted;
    exercisedCount += exercised;
  }
  const bits = { occupied, grantedOccupied, exercisedOccupied };
  return { offsets, exercisedStarts, grantedEnds, exercisedEnds, ...bits, grantedCount, exercisedCount };
}

function sameOr(kept: Int32Array, other: Int32Array): Int32Array {
  return other.every((value, i) => value === i32(kept, i)) ? kept : other;
}

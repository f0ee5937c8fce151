/**
 * Reads of typed arrays whose index is known to be in range. `noUncheckedIndexedAccess` makes every read
 * `number | undefined`; these say once that the engine's invariants exclude the second. One per array type, so that
 * each stays monomorphic when V8 inlines it.
 */
export const i32 = (array: Int32Array, index: number): number => array[index] as number;
export const u32 = (array: Uint32Array, index: number): number => array[index] as number;
export const u8 = (array: Uint8Array, index: number): number => array[index] as number;
export const f64 = (array: Float64Array, index: number): number => array[index] as number;

/** Hop counts plus one (0 = not reached): 16 bits until a search goes deeper than they hold. */
export type Hops = Uint16Array | Int32Array;
export const hopAt = (hops: Hops, index: number): number => hops[index] as number;

/** Memory that every worker thread can read without a copy. */
export const sharedInts = (length: number): Int32Array<SharedArrayBuffer> =>
  new Int32Array(new SharedArrayBuffer(length * 4));
export const sharedBytes = (length: number): Uint8Array<SharedArrayBuffer> =>
  new Uint8Array(new SharedArrayBuffer(length));

/** The element at an index that the caller knows to exist. */
export function known<T>(list: readonly T[], index: number): T {
  return list[index] as T;
}

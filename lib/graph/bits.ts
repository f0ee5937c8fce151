import { i32 } from './typed.ts';

/** Bit sets are Int32Array: words read from a Uint32Array above 2^31 are boxed by V8. */
export type Bits = Int32Array;

export const bitsFor = (count: number): Bits => new Int32Array((count + 31) >>> 5);

export const hasBit = (bits: Bits, index: number): boolean =>
  ((i32(bits, index >>> 5) >>> (index & 31)) & 1) !== 0;

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5] = i32(bits, index >>> 5) | (1 << (index & 31));
}

/** Number of set bits of a 32-bit word. */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The index of the lowest set bit of a word that is not 0. */
export const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

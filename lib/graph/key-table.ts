import { i32, sharedInts } from './typed.ts';

/**
 * String ids in shared memory: UTF-16 units (a lone surrogate survives), one offset per node, and an open-addressing
 * hash from text to node. Keys come from outside, so none of this is ever a property name.
 */
export type KeyTable = {
  readonly units: Uint16Array;
  readonly offsets: Int32Array;
  readonly buckets: Int32Array;
};

/** Returns null when a key occurs twice. */
export function buildKeyTable(keys: readonly string[]): KeyTable | null {
  const offsets = sharedInts(keys.length + 1);
  keys.forEach((key, i) => (offsets[i + 1] = i32(offsets, i) + key.length));
  const units = new Uint16Array(new SharedArrayBuffer(i32(offsets, keys.length) * 2));
  const size = 2 ** Math.ceil(Math.log2(keys.length * 2 + 2));
  const table = { units, offsets, buckets: sharedInts(size).fill(-1) };
  for (const [node, key] of keys.entries()) {
    const start = i32(offsets, node);
    for (let j = 0; j < key.length; j++) units[start + j] = key.charCodeAt(j);
    const bucket = bucketOf(table, key);
    if (i32(table.buckets, bucket) !== -1) return null;
    table.buckets[bucket] = node;
  }
  return table;
}

export function findKey(table: KeyTable, key: string): number {
  return i32(table.buckets, bucketOf(table, key));
}

export function keyAt(table: KeyTable, node: number): string {
  let key = '';
  for (let j = i32(table.offsets, node); j < i32(table.offsets, node + 1); j++) {
    key += String.fromCharCode(table.units[j] as number);
  }
  return key;
}

/** The bucket that holds the key, or the empty one where it would go. */
function bucketOf(table: KeyTable, key: string): number {
  const mask = table.buckets.length - 1;
  let bucket = hash(key) & mask;
  for (;;) {
    const node = i32(table.buckets, bucket);
    if (node === -1 || sameKey(table, node, key)) return bucket;
    bucket = (bucket + 1) & mask;
  }
}

function sameKey(table: KeyTable, node: number, key: string): boolean {
  const start = i32(table.offsets, node);
  if (i32(table.offsets, node + 1) - start !== key.length) return false;
  for (let j = 0; j < key.length; j++) {
    if (table.units[start + j] !== key.charCodeAt(j)) return false;
  }
  return true;
}

/** FNV-1a over UTF-16 units. */
function hash(key: string): number {
  let h = 0x811c9dc5;
  for (let j = 0; j < key.length; j++) h = Math.imul(h ^ key.charCodeAt(j), 0x01000193);
  return h >>> 1;
}

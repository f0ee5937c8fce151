import { i32, sharedInts } from './typed.ts';

/** External int32 id → position. A table while ids are dense, else positions ordered by id and binary search. */
export type IdIndex = { readonly ids: Int32Array; readonly positions: Int32Array; readonly isTable: boolean };

const TABLE_SLACK = 4;

/** `isUnique` is false when two positions have the same id; the index then finds one of them. */
export function indexIds(ids: Int32Array): { index: IdIndex; isUnique: boolean } {
  let highest = -1;
  let lowest = 0;
  for (const id of ids) {
    if (id > highest) highest = id;
    if (id < lowest) lowest = id;
  }
  return lowest >= 0 && highest < ids.length * TABLE_SLACK + 1024 ? table(ids, highest) : ordered(ids);
}

function table(ids: Int32Array, highest: number): { index: IdIndex; isUnique: boolean } {
  const positions = sharedInts(highest + 1).fill(-1);
  let isUnique = true;
  for (let i = 0; i < ids.length; i++) {
    const id = i32(ids, i);
    if (i32(positions, id) !== -1) isUnique = false;
    positions[id] = i;
  }
  return { index: { ids, positions, isTable: true }, isUnique };
}

function ordered(ids: Int32Array): { index: IdIndex; isUnique: boolean } {
  const positions = sharedInts(ids.length);
  for (let i = 0; i < ids.length; i++) positions[i] = i;
  positions.sort((a, b) => i32(ids, a) - i32(ids, b));
  let isUnique = true;
  for (let i = 1; i < ids.length; i++) {
    if (i32(ids, i32(positions, i)) === i32(ids, i32(positions, i - 1))) isUnique = false;
  }
  return { index: { ids, positions, isTable: false }, isUnique };
}

/** The position that has this id, or -1. */
export function positionOf(index: IdIndex, id: number): number {
  const { ids, positions } = index;
  if (index.isTable) return id >= 0 && id < positions.length ? i32(positions, id) : -1;
  let low = 0;
  let high = positions.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const position = i32(positions, middle);
    const found = i32(ids, position);
    if (found === id) return position;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

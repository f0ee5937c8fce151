import { Entries } from './entries.ts';
import { passes } from './expand.ts';
import { overlayRow } from './overlay.ts';
import { ROOT, type ReachOrder } from './reach-order.ts';
import type { ReachResult } from './reach-result.ts';
import { hopAt, i32 } from './typed.ts';

/** By rank: the nearest rank that every way from the start passes; ROOT where there is none but the start. */
export function immediateDominators(reach: ReachResult, order: ReachOrder): Int32Array {
  const entries = new Entries(reach);
  const tree = new Int32Array(order.states.length);
  tree[ROOT] = ROOT;
  // Cooper, Harvey and Kennedy (2001), in the order of hops: ranks only ever move towards the root, and a state that
  // the root alone dominates is settled, so that in a well-connected graph two or three edges per state are looked at.
  let isChanged = true;
  while (isChanged) {
    isChanged = false;
    for (let rank = ROOT + 1; rank < tree.length; rank++) {
      const before = i32(tree, rank);
      if (before === ROOT) continue;
      const state = i32(order.states, rank);
      const higher = impliedBy(reach, state);
      const start = higher === -1 ? before : common(tree, before, i32(order.ranks, higher));
      const found = start === ROOT ? ROOT : commonOfEntries(order, entries, tree, state, start);
      if (found !== before) isChanged = true;
      tree[rank] = found;
    }
  }
  return tree;
}

/** What all entries of the state have in common with `start`; 0 stands for nothing known so far. */
function commonOfEntries(
  { ranks }: ReachOrder,
  entries: Entries,
  tree: Int32Array,
  state: number,
  start: number,
): number {
  const { rows, filter, overlay } = entries;
  const end = i32(rows.ends, state);
  let found = start;
  for (let i = i32(rows.starts, state); i < end; i++) {
    const source = i32(ranks, i32(rows.targets, i));
    if (source === 0 || (filter.hasTest && !passes(filter, rows, i))) continue;
    found = common(tree, found, source);
    if (found === ROOT) return ROOT;
  }
  const row = overlay ? overlayRow(overlay, state) : -1;
  if (!overlay || row === -1) return found;
  for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
    found = common(tree, found, i32(ranks, i32(overlay.targets, i)));
  }
  return found;
}

/** The nearest common ancestor; a rank that is not reached or not placed yet says nothing. */
function common(tree: Int32Array, first: number, second: number): number {
  if (second === 0 || i32(tree, second) === 0) return first;
  if (first === 0) return second;
  let a = first;
  let b = second;
  while (a !== b) {
    if (a > b) a = i32(tree, a);
    else b = i32(tree, b);
  }
  return a;
}

/** The next higher level of the same resource, when the reach has it: the other way in beside the edges. */
export function impliedBy({ snapshot, hops }: ReachResult, state: number): number {
  const isImplied = state >= snapshot.space.resourceStates && (state & 3) !== 3;
  return isImplied && hopAt(hops, state + 1) > 0 ? state + 1 : -1;
}

/** Where each rank stands in a walk of a tree: `b` is below `a` when first[a] ≤ first[b] < first[a] + size[a]. */
export type TreeWalk = { readonly first: Int32Array; readonly size: Int32Array };

/** For any tree in which every rank but ROOT has a parent of a lower rank. */
export function walkTree(parents: Int32Array): TreeWalk {
  const size = new Int32Array(parents.length).fill(1, ROOT);
  for (let rank = parents.length - 1; rank > ROOT; rank--) {
    const parent = i32(parents, rank);
    size[parent] = i32(size, parent) + i32(size, rank);
  }
  const first = new Int32Array(parents.length);
  const next = new Int32Array(parents.length);
  next[ROOT] = 1;
  for (let rank = ROOT + 1; rank < parents.length; rank++) {
    const parent = i32(parents, rank);
    first[rank] = i32(next, parent);
    next[parent] = i32(next, parent) + i32(size, rank);
    next[rank] = i32(first, rank) + 1;
  }
  return { first, size };
}

export function isBelow({ first, size }: TreeWalk, rank: number, top: number): boolean {
  const offset = i32(first, rank) - i32(first, top);
  return offset >= 0 && offset < i32(size, top);
}

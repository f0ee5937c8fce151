import { Entries } from './entries.ts';
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
      if (i32(tree, rank) === ROOT) continue;
      const found = nearestCommon(reach, order, entries, tree, rank);
      if (found !== i32(tree, rank)) isChanged = true;
      tree[rank] = found;
    }
  }
  return tree;
}

function nearestCommon(
  reach: ReachResult,
  { ranks, states }: ReachOrder,
  entries: Entries,
  tree: Int32Array,
  rank: number,
): number {
  const state = i32(states, rank);
  let common = i32(tree, rank);
  const join = (source: number) => {
    const other = i32(ranks, source);
    // Not reached, or not placed in the tree yet: it says nothing so far.
    if (other === 0 || i32(tree, other) === 0) return false;
    common = common === 0 ? other : intersect(tree, common, other);
    return common === ROOT;
  };
  const higher = impliedBy(reach, state);
  if (higher !== -1 && join(higher)) return ROOT;
  entries.some(state, join);
  return common;
}

/** The next higher level of the same resource, when the reach has it: the other way in beside the edges. */
export function impliedBy({ snapshot, hops }: ReachResult, state: number): number {
  const isImplied = state >= snapshot.space.resourceStates && (state & 3) !== 3;
  return isImplied && hopAt(hops, state + 1) > 0 ? state + 1 : -1;
}

function intersect(tree: Int32Array, first: number, second: number): number {
  let a = first;
  let b = second;
  while (a !== b) {
    if (a > b) a = i32(tree, a);
    else b = i32(tree, b);
  }
  return a;
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

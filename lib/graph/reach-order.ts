import type { ReachResult } from './reach-result.ts';
import { hopAt, i32 } from './typed.ts';

/** The start, all of whose states are one place. */
export const ROOT = 1;

/** The states of a forward reach in an order in which each comes after a state that reached it. */
export type ReachOrder = {
  /** By state: its rank, ROOT for states of the start, 0 where not reached. */
  readonly ranks: Int32Array;
  /** By rank: the state; ranks 0 and ROOT have none (-1). */
  readonly states: Int32Array;
};

/** By hops; within one resource the higher level first, as it implies the lower. */
export function reachOrder({ hops, byHop, snapshot }: ReachResult): ReachOrder {
  const { stateCount, resourceStates } = snapshot.space;
  const places = new Int32Array(byHop.length + 2);
  let deepest = 0;
  for (let state = 0; state < stateCount; state++) deepest = Math.max(deepest, hopAt(hops, state));
  const counts = deepest + 1 >= places.length ? new Int32Array(deepest + 2) : places;
  for (let state = 0; state < stateCount; state++) {
    const hop = hopAt(hops, state);
    if (hop > 1) counts[hop] = i32(counts, hop) + 1;
  }
  let total = ROOT + 1;
  for (let hop = 2; hop < counts.length; hop++) {
    const count = i32(counts, hop);
    counts[hop] = total;
    total += count;
  }
  const ranks = new Int32Array(stateCount);
  const states = new Int32Array(total).fill(-1, 0, ROOT + 1);
  const place = (state: number) => {
    const hop = hopAt(hops, state);
    if (hop === 0) return;
    const rank = hop === 1 ? ROOT : i32(counts, hop);
    ranks[state] = rank;
    if (hop === 1) return;
    counts[hop] = rank + 1;
    states[rank] = state;
  };
  for (let state = 0; state < resourceStates; state++) place(state);
  for (let base = resourceStates; base < stateCount; base += 4) {
    for (let level = 3; level >= 0; level--) place(base + level);
  }
  return { ranks, states };
}

import { impliedBy, walkTree, type TreeWalk } from './dominators.ts';
import { Entries } from './entries.ts';
import { ROOT, type ReachOrder } from './reach-order.ts';
import type { ReachResult } from './reach-result.ts';
import { weightOf } from './sensitivity-weights.ts';
import type { NodeIndex } from './snapshot.ts';
import { nodeOfState } from './state-space.ts';
import { i32 } from './typed.ts';

/** `count` nodes that sum to `weight` sensitivity. */
export type Loss = { count: number; weight: number };

/**
 * What is lost without a node, whatever its levels: the removal itself, made locally. Whoever does not hang below the
 * node in one spanning tree of the reach is reached without it; only what hangs there has to find another way in.
 */
export class GroupRemoval {
  readonly #reach: ReachResult;
  readonly #order: ReachOrder;
  readonly #entries: Entries;
  readonly #walk: TreeWalk;
  /** Ranks in the order of the walk. */
  readonly #walked: Int32Array;

  constructor(reach: ReachResult, order: ReachOrder) {
    this.#reach = reach;
    this.#order = order;
    this.#entries = new Entries(reach);
    const parents = this.#spanningTree();
    this.#walk = walkTree(parents);
    this.#walked = new Int32Array(parents.length);
    for (let rank = ROOT; rank < parents.length; rank++) this.#walked[i32(this.#walk.first, rank)] = rank;
  }

  lossOf(node: NodeIndex): Loss {
    const { snapshot } = this.#reach;
    const { ranks, states } = this.#order;
    const below = this.#ranksBelow(node);
    const lost = new Set(below);
    const isOwn = (rank: number) => nodeOfState(snapshot.space, i32(states, rank)) === node;
    const hasOtherWay = (source: number) => {
      const rank = i32(ranks, source);
      return rank !== 0 && !lost.has(rank);
    };
    for (let isChanged = true; isChanged;) {
      isChanged = false;
      for (const rank of below) {
        if (!lost.has(rank) || isOwn(rank)) continue;
        const state = i32(states, rank);
        const higher = impliedBy(this.#reach, state);
        const isReached = (higher !== -1 && hasOtherWay(higher)) || this.#entries.some(state, hasOtherWay);
        if (!isReached) continue;
        lost.delete(rank);
        isChanged = true;
      }
    }
    const nodes = new Set<number>();
    for (const rank of lost) {
      const state = i32(states, rank);
      if (state < snapshot.space.resourceStates || (state & 3) === 0)
        nodes.add(nodeOfState(snapshot.space, state));
    }
    nodes.delete(node);
    let weight = 0;
    for (const lostNode of nodes) weight += weightOf(snapshot, lostNode);
    return { count: nodes.size, weight };
  }

  /** The reached levels of the node and all that hangs below any of them, in ascending rank. */
  #ranksBelow(node: NodeIndex): number[] {
    const { space } = this.#reach.snapshot;
    const { ranks } = this.#order;
    const found = new Set<number>();
    const first = node < space.firstResource ? node : space.resourceStates + (node - space.firstResource) * 4;
    for (let state = first; state < first + (node < space.firstResource ? 1 : 4); state++) {
      const top = i32(ranks, state);
      if (top <= ROOT || found.has(top)) continue;
      const start = i32(this.#walk.first, top);
      for (let place = start; place < start + i32(this.#walk.size, top); place++)
        found.add(i32(this.#walked, place));
    }
    return [...found].sort((a, b) => a - b);
  }

  /** Each state hangs on the first entry of a lower rank; breadth-first order says that there is one. */
  #spanningTree(): Int32Array {
    const { ranks, states } = this.#order;
    const parents = new Int32Array(states.length);
    parents[ROOT] = ROOT;
    for (let rank = ROOT + 1; rank < states.length; rank++) {
      const state = i32(states, rank);
      const take = (source: number) => {
        const from = i32(ranks, source);
        if (from === 0 || from >= rank) return false;
        parents[rank] = from;
        return true;
      };
      const higher = impliedBy(this.#reach, state);
      if (higher === -1 || !take(higher)) this.#entries.some(state, take);
    }
    return parents;
  }
}

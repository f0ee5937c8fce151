import { AppError } from '#lib/core/errors.ts';
import { immediateDominators, impliedBy, isBelow, walkTree, type TreeWalk } from './dominators.ts';
import { rowPart } from './edge-filter.ts';
import { Entries } from './entries.ts';
import { GroupRemoval, type Loss } from './group-removal.ts';
import { passes } from './expand.ts';
import { overlayRow } from './overlay.ts';
import { addedRef, type EdgeRef } from './query.ts';
import { reachOrder, ROOT, type ReachOrder } from './reach-order.ts';
import type { ReachResult } from './reach-result.ts';
import { weightOf } from './sensitivity-weights.ts';
import type { NodeIndex } from './snapshot.ts';
import { baseState, nodeOfState, stateOf } from './state-space.ts';
import { f64, i32 } from './typed.ts';

/** Without this node, `count` other nodes of `weight` sensitivity would not be reached. */
export type ChokeNode = { node: NodeIndex } & Loss;
/** Without this edge, `count` nodes of `weight` sensitivity (its end included) would not be reached. */
export type ChokeEdge = { edge: EdgeRef; from: NodeIndex; to: NodeIndex } & Loss;

/**
 * What a forward reach depends on alone. Exact for nodes and for edges: each figure is what a reach without that one
 * node or edge would lose. Throws AppError `invalid_input` for a truncated or a backward reach.
 */
export class ChokePoints {
  readonly #reach: ReachResult;
  readonly #order: ReachOrder;
  readonly #tree: Int32Array;
  readonly #walk: TreeWalk;
  /** By rank: the nodes, and their weight, that are counted at or below it. */
  readonly #counts: Int32Array;
  readonly #weights: Float64Array;
  #groups: GroupRemoval | null = null;

  constructor(reach: ReachResult) {
    if (!reach.isForward || reach.truncated) {
      throw new AppError('invalid_input', 'Choke points are of a forward reach that was not cut short.');
    }
    this.#reach = reach;
    this.#order = reachOrder(reach);
    this.#tree = immediateDominators(reach, this.#order);
    this.#walk = walkTree(this.#tree);
    this.#counts = new Int32Array(this.#tree.length);
    this.#weights = new Float64Array(this.#tree.length);
    this.#addUp();
  }

  /** What would be lost without the node, itself not counted. */
  lossOfNode(node: NodeIndex): Loss {
    const { space } = this.#reach.snapshot;
    const { ranks } = this.#order;
    if (node < space.firstResource) return this.#lossOfPlain(node);
    const tops = this.#independentStates(node);
    const own = i32(ranks, baseState(space, node, 'down'));
    const [top] = tops;
    if (top === undefined || own <= ROOT) return { count: 0, weight: 0 };
    if (tops.length > 1) {
      this.#groups ??= new GroupRemoval(this.#reach, this.#order);
      return this.#groups.lossOf(node);
    }
    const isOwnBelow = isBelow(this.#walk, own, top);
    return {
      count: i32(this.#counts, top) - (isOwnBelow ? 1 : 0),
      weight: f64(this.#weights, top) - (isOwnBelow ? weightOf(this.#reach.snapshot, node) : 0),
    };
  }

  /** A node with one state: what hangs below it in the tree. */
  #lossOfPlain(node: NodeIndex): Loss {
    const rank = i32(this.#order.ranks, node);
    if (rank <= ROOT) return { count: 0, weight: 0 };
    const weight = f64(this.#weights, rank) - weightOf(this.#reach.snapshot, node);
    return { count: i32(this.#counts, rank) - 1, weight };
  }

  /** The nodes on which most depends, by weight and then by count; only those on which anything does. */
  nodes(maxResults: number): ChokeNode[] {
    const best = new Best<ChokeNode>(maxResults, (choke) => choke.node);
    this.#reach.forEach((node) => {
      const loss = this.lossOfNode(node);
      if (loss.count > 0) best.offer({ node, ...loss });
    });
    return best.list();
  }

  /** The edges on which most depends, by weight and then by count. */
  edges(maxResults: number): ChokeEdge[] {
    const best = new Best<ChokeEdge>(maxResults, (choke) => choke.edge);
    this.forEachEdge(
      (choke) => best.offer(choke),
      (count, weight) => best.isWorth(count, weight),
    );
    return best.list();
  }

  /** Every edge on which a node depends alone and whose loss is worth it, in no order that matters. */
  forEachEdge(
    visit: (choke: ChokeEdge) => void,
    isWorth: (count: number, weight: number) => boolean = () => true,
  ): void {
    const { space } = this.#reach.snapshot;
    const { ranks, states } = this.#order;
    const entries = new Entries(this.#reach);
    for (let rank = ROOT + 1; rank < states.length; rank++) {
      const count = i32(this.#counts, rank);
      if (count === 0 || !isWorth(count, f64(this.#weights, rank))) continue;
      const state = i32(states, rank);
      if (impliedBy(this.#reach, state) !== -1) {
        // A higher level leads here too, unless that level depends on this one.
        const higher = i32(ranks, state + 1);
        if (!isBelow(this.#walk, higher, rank)) continue;
      }
      const entry = onlyEntry(entries, this.#order, this.#walk, i32(this.#tree, rank), rank);
      if (!entry) continue;
      visit({
        edge: entry.edge,
        from: nodeOfState(space, entry.source),
        to: nodeOfState(space, state),
        count,
        weight: f64(this.#weights, rank),
      });
    }
  }

  /** Whether the state is lost with the node: what a cut plan asks of the edges into it. */
  isAfter(node: NodeIndex, state: number): boolean {
    const [top] = this.#independentStates(node);
    const rank = i32(this.#order.ranks, state);
    return top !== undefined && rank !== 0 && isBelow(this.#walk, rank, top);
  }

  /** Each node counts once, at the state that all its levels imply; sums then rise through the tree. */
  #addUp(): void {
    const { snapshot } = this.#reach;
    const { space } = snapshot;
    const { ranks } = this.#order;
    this.#reach.forEach((node) => {
      const rank = i32(ranks, baseState(space, node, 'down'));
      this.#counts[rank] = 1;
      this.#weights[rank] = weightOf(snapshot, node);
    });
    for (let rank = this.#tree.length - 1; rank > ROOT; rank--) {
      const parent = i32(this.#tree, rank);
      this.#counts[parent] = i32(this.#counts, parent) + i32(this.#counts, rank);
      this.#weights[parent] = f64(this.#weights, parent) + f64(this.#weights, rank);
    }
  }

  /**
   * Ranks of the reached levels of a node that have edges to go on by, less those that depend on another of them. With
   * one, the tree below it is what depends on the node. With two, e.g. read from one side and admin from another,
   * something may depend on the node and on neither level alone.
   */
  #independentStates(node: NodeIndex): number[] {
    const { space, parts } = this.#reach.snapshot;
    const { ranks } = this.#order;
    const rows = rowPart(parts.out, this.#reach.filter);
    const hasAdded = this.#reach.added.length > 0;
    const tops: number[] = [];
    for (let level = this.#reach.snapshot.isResource(node) ? 4 : 1; level >= 1; level--) {
      const state = stateOf(space, node, level);
      const rank = i32(ranks, state);
      const isLeaf = i32(rows.ends, state) === i32(rows.starts, state) && !hasAdded;
      if (rank <= ROOT || isLeaf) continue;
      if (!tops.some((top) => isBelow(this.#walk, rank, top))) tops.push(rank);
    }
    return tops;
  }
}

/**
 * The one edge by which a rank is entered from elsewhere; null when there are several. Every such edge but one would
 * come from another place than the dominator, which shows at the first of them.
 */
function onlyEntry(
  { rows, filter, overlay }: Entries,
  { ranks, states }: ReachOrder,
  walk: TreeWalk,
  dominator: number,
  rank: number,
): { source: number; edge: EdgeRef } | null {
  const state = i32(states, rank);
  let found: { source: number; edge: EdgeRef } | null = null;
  const end = i32(rows.ends, state);
  for (let i = i32(rows.starts, state); i < end; i++) {
    const source = i32(rows.targets, i);
    const from = i32(ranks, source);
    if (from === 0 || (filter.hasTest && !passes(filter, rows, i))) continue;
    if (from !== dominator && isBack(walk, from, rank)) continue;
    if (found || from !== dominator) return null;
    found = { source, edge: rows.edges ? i32(rows.edges, i) : i };
  }
  const row = overlay ? overlayRow(overlay, state) : -1;
  if (!overlay || row === -1) return found;
  for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
    const source = i32(overlay.targets, i);
    const from = i32(ranks, source);
    if (from === 0 || (from !== dominator && isBack(walk, from, rank))) continue;
    if (found || from !== dominator) return null;
    found = { source, edge: addedRef(i32(overlay.positions, i)) };
  }
  return found;
}

/** Whether an edge comes from what hangs below its own end; below a leaf there is only the leaf. */
function isBack(walk: TreeWalk, from: number, rank: number): boolean {
  return from === rank || (i32(walk.size, rank) > 1 && isBelow(walk, from, rank));
}

/** The `size` best by weight, count and lowest index, without sorting all. */
class Best<T extends Loss> {
  readonly #size: number;
  readonly #index: (item: T) => number;
  #items: T[] = [];
  #floor: T | null = null;

  constructor(size: number, index: (item: T) => number) {
    this.#size = size;
    this.#index = index;
  }

  /** Whether something of this size could be among the best so far. */
  isWorth(count: number, weight: number): boolean {
    const floor = this.#floor;
    return !floor || weight > floor.weight || (weight === floor.weight && count >= floor.count);
  }

  offer(item: T): void {
    if (this.#floor && this.#compare(item, this.#floor) >= 0) return;
    this.#items.push(item);
    if (this.#items.length < this.#size * 2 + 64) return;
    this.#items = this.list();
    this.#floor = this.#items.at(-1) ?? null;
  }

  list(): T[] {
    return this.#items.sort((a, b) => this.#compare(a, b)).slice(0, this.#size);
  }

  #compare(a: T, b: T): number {
    return b.weight - a.weight || b.count - a.count || this.#index(a) - this.#index(b);
  }
}

import { lowestBit, popcount, type Bits } from './bits.ts';
import { rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import {
  addImplied,
  passes,
  pullFiltered,
  pullFrontier,
  pushFiltered,
  pushFrontier,
  pushOverlay,
} from './expand.ts';
import { overlayRow, type Overlay } from './overlay.ts';
import type { SearchLimits, Truncation } from './query.ts';
import type { Snapshot } from './snapshot.ts';
import { nodeOfState } from './state-space.ts';
import { i32, type Hops } from './typed.ts';
import { workspaceOf, type Workspace } from './workspace.ts';

export type SearchPlan = {
  snapshot: Snapshot;
  isForward: boolean;
  /** States to begin with; what they imply is added. */
  starts: Iterable<number>;
  filter: EdgeFilter;
  overlay: Overlay | null;
  limits: SearchLimits;
};

export type SearchOutcome = {
  /** Per state: hops plus one, 0 where not reached. */
  hops: Hops;
  /** Nodes first reached after 0, 1, 2 … hops; the starts are at 0. */
  nodesByHop: number[];
  truncated: Truncation | null;
};

/** The frontier is a queue while it is smaller than this share of the words of a bit set … */
const QUEUE_SHARE = 1 / 8;
/** … and again when it has shrunk below this share: sweeping every word for a few states is what a long chain dies of. */
const BACK_TO_QUEUE_SHARE = 1 / 16;
const PASS_SAMPLES = 512;
const HOPS_16_BIT = 0xffff;

/**
 * Breadth-first search over states: a queue while the frontier is small, bit sets beyond, bottom up when most of the
 * graph is in the frontier. Hop distances are exact whichever way a step is made.
 */
export function search(plan: SearchPlan): SearchOutcome {
  return new Search(plan).run();
}

class Search {
  readonly plan: SearchPlan;
  readonly rows: RowPart;
  readonly reverse: RowPart;
  readonly work: Workspace;
  readonly firstResourceState: number;
  readonly isForward: boolean;
  hops: Hops;
  hop = 0;
  isQueued = true;
  queueStart = 0;
  queueEnd = 0;
  newStates = 0;
  newNodes = 0;
  frontierEdges = 0;
  seenStates = 0;
  occupiedStates = -1;
  passRate = 1;

  constructor(plan: SearchPlan) {
    const { parts } = plan.snapshot;
    this.plan = plan;
    this.isForward = plan.isForward;
    this.rows = rowPart(plan.isForward ? parts.out : parts.in, plan.filter);
    this.reverse = rowPart(plan.isForward ? parts.in : parts.out, plan.filter);
    this.work = workspaceOf(plan.snapshot);
    this.firstResourceState = parts.space.resourceStates;
    this.hops = new Uint16Array(parts.space.stateCount);
    if (plan.filter.blockedStates) this.work.visited.set(plan.filter.blockedStates);
    else this.work.visited.fill(0);
  }

  run(): SearchOutcome {
    const { maxHops = Infinity, maxNodes = Infinity, shouldStop } = this.plan.limits;
    for (const state of this.plan.starts) this.enqueue(state);
    const nodesByHop = [this.newNodes];
    let truncated: Truncation | null = null;
    for (let reached = 0; this.newStates > 0 && !truncated;) {
      if (shouldStop?.()) return { hops: this.hops, nodesByHop, truncated: 'stopped' };
      this.hop += 1;
      this.step();
      if (this.newStates === 0) break;
      if (this.hop > maxHops) {
        this.takeBack(() => true);
        return { hops: this.hops, nodesByHop, truncated: 'hops' };
      }
      if (reached + this.newNodes > maxNodes) {
        this.keepNodes(maxNodes - reached);
        truncated = 'nodes';
      }
      reached += this.newNodes;
      nodesByHop.push(this.newNodes);
    }
    while (nodesByHop.length > 1 && nodesByHop.at(-1) === 0) nodesByHop.pop();
    return { hops: this.hops, nodesByHop, truncated };
  }

  step(): void {
    if (this.hop >= HOPS_16_BIT && this.hops instanceof Uint16Array) this.hops = Int32Array.from(this.hops);
    this.seenStates += this.newStates;
    const isQueueBest = this.isQueueBest();
    if (this.isQueued && !isQueueBest) this.queueToBits();
    else if (!this.isQueued && isQueueBest) this.bitsToQueue();
    if (this.isQueued) this.stepQueue();
    else this.stepBits();
  }

  isQueueBest(): boolean {
    const { strategy } = this.plan.limits;
    if (strategy) return strategy === 'queue';
    const words = this.work.visited.length;
    if (!this.isQueued) return this.newStates < words * BACK_TO_QUEUE_SHARE;
    if (this.newStates > words * QUEUE_SHARE) return false;
    // A hub among few states is better swept, too.
    let edges = 0;
    for (let q = this.queueStart; q < this.queueEnd; q++) {
      const state = i32(this.work.queue, q);
      edges += i32(this.rows.ends, state) - i32(this.rows.starts, state);
    }
    return edges <= words;
  }

  /**
   * Top down looks at every edge of the frontier. Bottom up looks, for each state not reached yet, at its edges until
   * one comes from the frontier and passes: on average as many as such edges are rare, at most all. (The idea is Beamer's,
   * 2012; the estimate replaces his two constants, which misjudge a filter that lets few edges pass.)
   */
  isPullBest(): boolean {
    const { strategy } = this.plan.limits;
    if (strategy) return strategy === 'pull';
    const { edgeCount } = this.reverse;
    if (this.frontierEdges * 16 < edgeCount) return false;
    if (this.occupiedStates < 0) this.measureReverse();
    const perState = edgeCount / this.occupiedStates;
    const untilFound = edgeCount / (this.frontierEdges * this.passRate);
    const unseenStates = Math.max(0, this.occupiedStates - this.seenStates);
    return this.frontierEdges > unseenStates * Math.min(perState, untilFound);
  }

  /** States that an edge leads to, and the share of edges that pass, from evenly spaced samples. */
  measureReverse(): void {
    const { occupied, targets } = this.reverse;
    this.occupiedStates = 0;
    for (let w = 0; w < occupied.length; w++) this.occupiedStates += popcount(i32(occupied, w));
    if (!this.plan.filter.hasTest) return;
    let passed = 0;
    for (let n = 0; n < PASS_SAMPLES; n++) {
      const position = Math.floor((n * targets.length) / PASS_SAMPLES);
      if (passes(this.plan.filter, this.reverse, position)) passed += 1;
    }
    const passing = (Math.max(passed, 1) / PASS_SAMPLES) * targets.length;
    this.passRate = Math.min(1, passing / this.reverse.edgeCount);
  }

  stepQueue(): void {
    const { queue, visited } = this.work;
    const { starts, ends, targets } = this.rows;
    const { rows, firstResourceState, hops } = this;
    const { filter, overlay } = this.plan;
    const { hasTest } = filter;
    const value = this.hop + 1;
    const from = this.queueStart;
    const to = this.queueEnd;
    this.newStates = 0;
    this.newNodes = 0;
    this.queueStart = to;
    for (let q = from; q < to; q++) {
      const state = i32(queue, q);
      const end = i32(ends, state);
      for (let i = i32(starts, state); i < end; i++) {
        const target = i32(targets, i);
        const word = i32(visited, target >>> 5);
        const bit = 1 << (target & 31);
        if ((word & bit) !== 0 || (hasTest && !passes(filter, rows, i))) continue;
        if (target >= firstResourceState) {
          this.enqueue(target);
          continue;
        }
        visited[target >>> 5] = word | bit;
        hops[target] = value;
        queue[this.queueEnd++] = target;
        this.newStates += 1;
        this.newNodes += 1;
      }
      if (overlay) this.enqueueOverlay(overlay, state);
    }
  }

  enqueueOverlay(overlay: Overlay, state: number): void {
    const row = overlayRow(overlay, state);
    if (row === -1) return;
    for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
      this.enqueue(i32(overlay.targets, i));
    }
  }

  /** Adds a state and the levels that it implies, unless they were visited. */
  enqueue(first: number): void {
    const { visited, queue } = this.work;
    let state = first;
    for (;;) {
      const word = i32(visited, state >>> 5);
      const bit = 1 << (state & 31);
      // A visited level implies that those below (or above, backward) were visited with it.
      if ((word & bit) !== 0) return;
      visited[state >>> 5] = word | bit;
      this.hops[state] = this.hop + 1;
      queue[this.queueEnd++] = state;
      this.newStates += 1;
      const level = state < this.firstResourceState ? 0 : this.isForward ? state & 3 : 3 - (state & 3);
      if (level === 0) {
        this.newNodes += 1;
        return;
      }
      state += this.isForward ? -1 : 1;
    }
  }

  stepBits(): void {
    const { frontier, next, visited } = this.work;
    const { filter, overlay } = this.plan;
    if (this.frontierEdges === 0 && !overlay) {
      this.newStates = 0;
      return;
    }
    const isPull = this.isPullBest();
    if (isPull && filter.hasTest) pullFiltered(frontier, visited, next, this.reverse, filter);
    else if (isPull) pullFrontier(frontier, visited, next, this.reverse);
    else if (filter.hasTest) pushFiltered(frontier, next, this.rows, filter);
    else pushFrontier(frontier, next, this.rows);
    if (overlay) pushOverlay(frontier, next, overlay);
    addImplied(next, this.firstResourceState >>> 5, this.isForward);
    this.commit();
  }

  /** Takes what is new in `next`, gives it its distance and makes it the frontier. */
  commit(): void {
    const { frontier, next, visited } = this.work;
    const { hops } = this;
    const { starts, ends, occupied } = this.rows;
    const value = this.hop + 1;
    const baseMask = this.isForward ? 0x11111111 : 0x88888888 | 0;
    const firstResourceWord = this.firstResourceState >>> 5;
    let states = 0;
    let nodes = 0;
    let edges = 0;
    for (let w = 0; w < next.length; w++) {
      let word = i32(next, w) & ~i32(visited, w);
      frontier[w] = word;
      if (word === 0) continue;
      visited[w] = i32(visited, w) | word;
      states += popcount(word);
      const rowsHere = i32(occupied, w);
      nodes += popcount(w < firstResourceWord ? word : word & baseMask);
      while (word !== 0) {
        const bit = word & -word;
        word ^= bit;
        const state = (w << 5) + 31 - Math.clz32(bit);
        hops[state] = value;
        if ((bit & rowsHere) !== 0) edges += i32(ends, state) - i32(starts, state);
      }
    }
    next.fill(0);
    this.newStates = states;
    this.newNodes = nodes;
    this.frontierEdges = edges;
  }

  queueToBits(): void {
    const { frontier, next, queue } = this.work;
    const { starts, ends } = this.rows;
    frontier.fill(0);
    next.fill(0);
    this.frontierEdges = 0;
    for (let q = this.queueStart; q < this.queueEnd; q++) {
      const state = i32(queue, q);
      frontier[state >>> 5] = i32(frontier, state >>> 5) | (1 << (state & 31));
      this.frontierEdges += i32(ends, state) - i32(starts, state);
    }
    this.isQueued = false;
  }

  bitsToQueue(): void {
    this.queueStart = 0;
    this.queueEnd = 0;
    const { frontier, queue } = this.work;
    for (let w = 0; w < frontier.length; w++) {
      for (let word = i32(frontier, w); word !== 0; word &= word - 1) {
        queue[this.queueEnd++] = (w << 5) + lowestBit(word);
      }
    }
    this.isQueued = true;
  }

  /** Keeps, of the nodes that the last hop reached first, the `room` with the lowest index. */
  keepNodes(room: number): void {
    const { space } = this.plan.snapshot;
    const isNew = (state: number) => {
      if (state < this.firstResourceState) return true;
      return this.hops[this.isForward ? state & ~3 : state | 3] === this.hop + 1;
    };
    const nodes = new Set<number>();
    for (const state of this.lastStates()) if (isNew(state)) nodes.add(nodeOfState(space, state));
    const kept = new Set([...nodes].sort((a, b) => a - b).slice(0, room));
    this.takeBack((state) => {
      const node = nodeOfState(space, state);
      return nodes.has(node) && !kept.has(node);
    });
    this.newNodes = kept.size;
  }

  takeBack(isTaken: (state: number) => boolean): void {
    for (const state of this.lastStates()) if (isTaken(state)) this.hops[state] = 0;
  }

  lastStates(): Int32Array {
    if (this.isQueued) return this.work.queue.slice(this.queueStart, this.queueEnd);
    return statesOf(this.work.frontier);
  }
}

function statesOf(bits: Bits): Int32Array {
  const states: number[] = [];
  for (let w = 0; w < bits.length; w++) {
    for (let word = i32(bits, w); word !== 0; word &= word - 1) states.push((w << 5) + lowestBit(word));
  }
  return Int32Array.from(states);
}

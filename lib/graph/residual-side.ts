import { hasBit } from './bits.ts';
import type { FlowNetwork } from './flow-network.ts';
import { i32 } from './typed.ts';

/** How one state follows another on an augmenting path. */
export type Arc = { from: number; to: number; edge: number };

/** Marks an arc between two levels of one resource instead of an edge. */
export const LEVEL_ARC = -1;

/** One of the two searches for an augmenting path, whole hops at a time over the arcs with room left. */
export class ResidualSide {
  readonly seen: Int32Array;
  readonly #neighbours: Int32Array;
  readonly #arcEdges: Int32Array;
  readonly #queue: Int32Array;
  readonly #network: FlowNetwork;
  readonly #isForward: boolean;
  #start = 0;
  #end = 0;
  /** Arcs that the next hop will look at, more or less: what decides which side grows. */
  cost = 0;

  constructor(network: FlowNetwork, isForward: boolean) {
    const count = network.snapshot.space.stateCount;
    this.#network = network;
    this.#isForward = isForward;
    this.seen = new Int32Array(count);
    this.#neighbours = new Int32Array(count);
    this.#arcEdges = new Int32Array(count);
    this.#queue = new Int32Array(count);
  }

  get isExhausted(): boolean {
    return this.#start === this.#end;
  }

  begin(states: readonly number[]): void {
    for (let q = 0; q < this.#end; q++) this.seen[i32(this.#queue, q)] = 0;
    this.#start = 0;
    this.#end = 0;
    this.cost = 0;
    for (const state of states) this.#add(state, -1, LEVEL_ARC, null);
  }

  /** Adds the next hop; the first state that the other side has seen, or -1. */
  grow(other: Int32Array): number {
    const from = this.#start;
    const to = this.#end;
    this.#start = to;
    this.cost = 0;
    for (let q = from; q < to; q++) {
      const meeting = this.#expand(i32(this.#queue, q), other);
      if (meeting !== -1) return meeting;
    }
    return -1;
  }

  /** The arcs between the side's beginning and the state, in the direction of flow. */
  arcsTo(state: number): Arc[] {
    const arcs: Arc[] = [];
    for (let at = state; i32(this.#neighbours, at) !== -1; at = i32(this.#neighbours, at)) {
      const next = i32(this.#neighbours, at);
      const edge = i32(this.#arcEdges, at);
      arcs.push(this.#isForward ? { from: next, to: at, edge } : { from: at, to: next, edge });
    }
    return this.#isForward ? arcs.reverse() : arcs;
  }

  #expand(state: number, other: Int32Array): number {
    const { along, against, snapshot } = this.#network;
    const first = this.#isForward ? along : against;
    const second = this.#isForward ? against : along;
    for (let i = i32(first.starts, state); i < i32(first.ends, state); i++) {
      const edge = first.edges ? i32(first.edges, i) : i;
      if (!this.#network.hasRoom(first, i, edge)) continue;
      if (this.#add(i32(first.targets, i), state, edge, other)) return i32(first.targets, i);
    }
    // Flow that was sent over an edge can be taken back.
    if (hasBit(this.#network.carriers, state)) {
      for (let i = i32(second.starts, state); i < i32(second.ends, state); i++) {
        const edge = second.edges ? i32(second.edges, i) : i;
        if (!this.#network.hasFlow(edge)) continue;
        if (this.#add(i32(second.targets, i), state, edge, other)) return i32(second.targets, i);
      }
    }
    if (state < snapshot.space.resourceStates) return -1;
    const level = state & 3;
    const isFree = this.#isForward ? level > 0 : level < 3;
    const free = this.#isForward ? state - 1 : state + 1;
    if (isFree && this.#add(free, state, LEVEL_ARC, other)) return free;
    const back = this.#isForward ? state + 1 : state - 1;
    const isInside = this.#isForward ? level < 3 : level > 0;
    const upper = Math.max(state, back);
    if (isInside && this.#network.levelFlow(upper) > 0 && this.#add(back, state, LEVEL_ARC, other))
      return back;
    return -1;
  }

  /** Whether the other side has seen the state. */
  #add(state: number, neighbour: number, edge: number, other: Int32Array | null): boolean {
    if (i32(this.seen, state) !== 0 || this.#network.isBlocked(state)) return false;
    this.seen[state] = 1;
    this.#neighbours[state] = neighbour;
    this.#arcEdges[state] = edge;
    this.#queue[this.#end++] = state;
    const { starts, ends } = this.#isForward ? this.#network.along : this.#network.against;
    this.cost += 1 + i32(ends, state) - i32(starts, state);
    return other !== null && i32(other, state) !== 0;
  }
}

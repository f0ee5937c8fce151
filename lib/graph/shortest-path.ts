import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import { bitsFor, setBit } from './bits.ts';
import { nodeKindCode } from './codes.ts';
import { edgeFilter, rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import { passes } from './expand.ts';
import { makeOverlay, overlayRow, type Overlay } from './overlay.ts';
import { PathReader, type PathHop } from './path-reader.ts';
import type { AddedEdge, EdgeQuery, Endpoint } from './query.ts';
import { endpointStates } from './reach.ts';
import { search } from './search.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { nodeOfState, stateOf } from './state-space.ts';
import { hopAt, i32, u8 } from './typed.ts';

export type PathQuery = EdgeQuery & {
  /** Nodes of these kinds are not passed; the ends may be of them. */
  avoidKinds?: readonly NodeKind[];
};

/**
 * A shortest path from any start to any target; null where there is none. Searches from both ends and always grows the
 * side with fewer edges to look at, so that it sees a small part of a large graph.
 */
export function shortestPath(
  snapshot: Snapshot,
  from: readonly Endpoint[],
  to: readonly Endpoint[],
  query: PathQuery = {},
): PathHop[] | null {
  const filter = pathFilter(snapshot, query, [...from, ...to]);
  const added = query.addedEdges ?? [];
  const scratch = scratchOf(snapshot);
  const ahead = new Side(snapshot, true, filter, added, scratch.ahead);
  const behind = new Side(snapshot, false, filter, added, scratch.behind);
  try {
    const meeting = meet(
      ahead,
      behind,
      endpointStates(snapshot, from, true),
      endpointStates(snapshot, to, false),
    );
    if (meeting === -1) return null;
    const first = new PathReader(snapshot, true, filter, added, ahead.hops).pathTo(meeting);
    return first.concat(new PathReader(snapshot, false, filter, added, behind.hops).pathTo(meeting));
  } finally {
    ahead.clear();
    behind.clear();
  }
}

/** A shortest walk from a start to a target that passes at least one of the given nodes; null where there is none. */
export function shortestPathThrough(
  snapshot: Snapshot,
  from: readonly Endpoint[],
  through: readonly NodeIndex[],
  to: readonly Endpoint[],
  query: PathQuery = {},
): PathHop[] | null {
  const filter = pathFilter(snapshot, query, [...from, ...to, ...through.map((node) => ({ node }))]);
  const added = query.addedEdges ?? [];
  const readers = [true, false].map((isForward) => {
    const overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, isForward) : null;
    const starts = endpointStates(snapshot, isForward ? from : to, isForward);
    const { hops } = search({ snapshot, isForward, starts, filter, overlay, limits: {} });
    return new PathReader(snapshot, isForward, filter, added, hops);
  });
  const [ahead, behind] = readers;
  if (!ahead || !behind) return null;
  let best = -1;
  let length = Infinity;
  for (const node of through) {
    for (let level = 1; level <= (snapshot.isResource(node) ? 4 : 1); level++) {
      const state = stateOf(snapshot.space, node, level);
      const there = hopAt(ahead.hops, state);
      const onward = hopAt(behind.hops, state);
      if (there === 0 || onward === 0 || there + onward >= length) continue;
      best = state;
      length = there + onward;
    }
  }
  return best === -1 ? null : ahead.pathTo(best).concat(behind.pathTo(best));
}

export function pathFilter(snapshot: Snapshot, query: PathQuery, ends: readonly Endpoint[]): EdgeFilter {
  const filter = edgeFilter(snapshot, query);
  if (!query.avoidKinds || query.avoidKinds.length === 0) return filter;
  const avoided = new Set(query.avoidKinds.map(nodeKindCode));
  const spared = new Set(ends.map(({ node }) => node));
  const { space, parts } = snapshot;
  const blockedStates = filter.blockedStates?.slice() ?? bitsFor(space.stateCount);
  for (let state = 0; state < space.stateCount; state++) {
    const node = nodeOfState(space, state);
    if (node < space.nodeCount && avoided.has(u8(parts.nodeKinds, node)) && !spared.has(node)) {
      setBit(blockedStates, state);
    }
  }
  return { ...filter, blockedStates };
}

/** The state where both sides meet on a shortest path, or -1. */
function meet(ahead: Side, behind: Side, starts: readonly number[], targets: readonly number[]): number {
  ahead.begin(starts, null);
  let meeting = behind.begin(targets, ahead.hops);
  while (meeting === -1 && ahead.frontierSize > 0 && behind.frontierSize > 0) {
    meeting = ahead.frontierEdges <= behind.frontierEdges ? ahead.grow(behind.hops) : behind.grow(ahead.hops);
  }
  return meeting;
}

type SideScratch = { hops: Int32Array; queue: Int32Array };
const scratches = new WeakMap<Snapshot, { ahead: SideScratch; behind: SideScratch }>();

/** Kept between calls and cleared by what a call touched: a search of a few hundred states must not pay for millions. */
function scratchOf(snapshot: Snapshot): { ahead: SideScratch; behind: SideScratch } {
  let scratch = scratches.get(snapshot);
  if (!scratch) {
    const count = snapshot.space.stateCount;
    const side = () => ({ hops: new Int32Array(count), queue: new Int32Array(count) });
    scratch = { ahead: side(), behind: side() };
    scratches.set(snapshot, scratch);
  }
  return scratch;
}

/** One of the two searches: whole hops at a time, by a queue. */
class Side {
  readonly hops: Int32Array;
  readonly #queue: Int32Array;
  readonly #rows: RowPart;
  readonly #filter: EdgeFilter;
  readonly #overlay: Overlay | null;
  readonly #isForward: boolean;
  readonly #firstResourceState: number;
  #start = 0;
  #end = 0;
  #hop = 0;
  frontierEdges = 0;
  #meeting = -1;
  #meetingHops = Infinity;

  constructor(
    snapshot: Snapshot,
    isForward: boolean,
    filter: EdgeFilter,
    added: readonly AddedEdge[],
    scratch: SideScratch,
  ) {
    this.hops = scratch.hops;
    this.#queue = scratch.queue;
    this.#isForward = isForward;
    this.#filter = filter;
    this.#rows = rowPart(isForward ? snapshot.parts.out : snapshot.parts.in, filter);
    this.#overlay = added.length > 0 ? makeOverlay(snapshot.space, added, filter.allowed, isForward) : null;
    this.#firstResourceState = snapshot.space.resourceStates;
  }

  get frontierSize(): number {
    return this.#end - this.#start;
  }

  begin(states: readonly number[], other: Int32Array | null): number {
    for (const state of states) this.#add(state, other);
    return this.#meeting;
  }

  /** Adds the next hop; the state where it met the other side with the fewest hops, or -1. */
  grow(other: Int32Array): number {
    const { starts, ends, targets } = this.#rows;
    const from = this.#start;
    const to = this.#end;
    this.#start = to;
    this.#hop += 1;
    this.frontierEdges = 0;
    for (let q = from; q < to; q++) {
      const state = i32(this.#queue, q);
      for (let i = i32(starts, state); i < i32(ends, state); i++) {
        if (passes(this.#filter, this.#rows, i)) this.#add(i32(targets, i), other);
      }
      this.#addOverlay(state, other);
    }
    return this.#meeting;
  }

  clear(): void {
    for (let q = 0; q < this.#end; q++) this.hops[i32(this.#queue, q)] = 0;
  }

  #addOverlay(state: number, other: Int32Array): void {
    const overlay = this.#overlay;
    const row = overlay ? overlayRow(overlay, state) : -1;
    if (!overlay || row === -1) return;
    for (let i = i32(overlay.offsets, row); i < i32(overlay.offsets, row + 1); i++) {
      this.#add(i32(overlay.targets, i), other);
    }
  }

  #add(first: number, other: Int32Array | null): void {
    const blocked = this.#filter.blockedStates;
    for (let state = first; i32(this.hops, state) === 0; state += this.#isForward ? -1 : 1) {
      if (blocked && ((i32(blocked, state >>> 5) >>> (state & 31)) & 1) !== 0) return;
      this.hops[state] = this.#hop + 1;
      this.#queue[this.#end++] = state;
      this.frontierEdges += i32(this.#rows.ends, state) - i32(this.#rows.starts, state);
      const onward = other ? i32(other, state) : 0;
      if (onward > 0 && onward < this.#meetingHops) {
        this.#meeting = state;
        this.#meetingHops = onward;
      }
      const level = this.#isForward ? state & 3 : 3 - (state & 3);
      if (state < this.#firstResourceState || level === 0) return;
    }
  }
}

import { bitsFor, hasBit, setBit, type Bits } from './bits.ts';
import { edgeKindCode, kindOfEdge } from './codes.ts';
import type { EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { rowPart, type EdgeFilter, type RowPart } from './edge-filter.ts';
import { passes } from './expand.ts';
import type { EdgeIndex, Snapshot } from './snapshot.ts';
import { i32, u8 } from './typed.ts';

/**
 * A snapshot seen as a network through which flow is sent: each edge takes one unit, edges of kinds that cannot be cut
 * take any number, and so does the step from a level of a resource to the next lower one.
 */
export class FlowNetwork {
  readonly snapshot: Snapshot;
  readonly along: RowPart;
  readonly against: RowPart;
  /** States that any flow enters or leaves. */
  readonly carriers: Bits;
  readonly #filter: EdgeFilter;
  readonly #isUncuttable: Uint8Array;
  /** Edges with flow. */
  readonly #used: Bits;
  /** Units on edges that take more than one, and (by -1 - state) on steps between levels. */
  readonly #units = new Map<number, number>();

  constructor(snapshot: Snapshot, filter: EdgeFilter, uncuttable: readonly EdgeKind[]) {
    const { parts } = snapshot;
    this.snapshot = snapshot;
    this.#filter = filter;
    this.along = rowPart(parts.out, filter);
    this.against = rowPart(parts.in, filter);
    this.carriers = bitsFor(parts.space.stateCount);
    this.#used = bitsFor(parts.edgeCount);
    this.#isUncuttable = new Uint8Array(16);
    for (const kind of uncuttable) this.#isUncuttable[edgeKindCode(kind)] = 1;
  }

  isBlocked(state: number): boolean {
    return this.#filter.blockedStates !== null && hasBit(this.#filter.blockedStates, state);
  }

  /** Whether the edge at a position of a row passes the filter and takes another unit. */
  hasRoom(rows: RowPart, position: number, edge: EdgeIndex): boolean {
    if (!passes(this.#filter, rows, position)) return false;
    return !hasBit(this.#used, edge) || this.isUncuttable(edge);
  }

  hasFlow(edge: EdgeIndex): boolean {
    return hasBit(this.#used, edge);
  }

  isUncuttable(edge: EdgeIndex): boolean {
    return u8(this.#isUncuttable, kindOfEdge(u8(this.snapshot.parts.out.meta, edge))) !== 0;
  }

  /** Units that step from this level of a resource to the next lower one. */
  levelFlow(state: number): number {
    return this.#units.get(-1 - state) ?? 0;
  }

  send(from: number, to: number, edge: EdgeIndex): void {
    setBit(this.carriers, from);
    setBit(this.carriers, to);
    const isAlong = i32(this.along.targets, edge) === to && this.snapshot.sourceState(edge) === from;
    // A self-loop never lies on a shortest augmenting path, so the ends tell the direction.
    const units = (this.#units.get(edge) ?? 0) + (isAlong ? 1 : -1);
    this.#units.set(edge, units);
    if (units > 0) setBit(this.#used, edge);
    else this.#used[edge >>> 5] = i32(this.#used, edge >>> 5) & ~(1 << (edge & 31));
  }

  sendBetweenLevels(from: number, to: number): void {
    setBit(this.carriers, from);
    setBit(this.carriers, to);
    const key = -1 - Math.max(from, to);
    this.#units.set(key, (this.#units.get(key) ?? 0) + (from > to ? 1 : -1));
  }

  /** Edges that carry flow. */
  *usedEdges(): Generator<EdgeIndex> {
    for (const [edge, units] of this.#units) if (edge >= 0 && units > 0) yield edge;
  }
}

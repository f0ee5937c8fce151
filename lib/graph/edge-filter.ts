import { EDGE_KINDS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { bitsFor, setBit, type Bits } from './bits.ts';
import { isConditional, isExercised, kindOfEdge } from './codes.ts';
import type { EdgeQuery } from './query.ts';
import { OPEN, type Rows, type Snapshot, type Validity } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { u32 } from './typed.ts';

/** A query made ready for the inner loops. */
export type EdgeFilter = {
  /** The part of each row in which the edges stand. */
  readonly part: 'granted' | 'exercised' | 'all';
  /** Whether each edge of the part must be tested; else every one passes. */
  readonly hasTest: boolean;
  /** By the byte of the edge: 1 where it passes. */
  readonly allowed: Uint8Array;
  /** Edges (by index) that do not pass whatever their byte; null where there are none. */
  readonly deadEdges: Bits | null;
  /** States of nodes that may not be entered; null where there are none. */
  readonly blockedStates: Bits | null;
};

export function edgeFilter(snapshot: Snapshot, query: EdgeQuery): EdgeFilter {
  const asOf = query.asOf ?? null;
  const part = asOf === null ? (query.mode ?? 'granted') : 'all';
  const excluded = query.excludeEdges ?? [];
  const ends = part === 'all' ? deadAt(snapshot.parts.edgeValidity, asOf, snapshot.edgeCount) : null;
  let deadEdges = ends;
  if (excluded.length > 0) {
    deadEdges = ends ? ends.slice() : bitsFor(snapshot.edgeCount);
    for (const edge of excluded) setBit(deadEdges, edge);
  }
  return {
    part,
    hasTest: part === 'all' || query.includeConditional === false || !!query.kinds || deadEdges !== null,
    allowed: allowedBytes(query),
    deadEdges,
    blockedStates: blockedStates(snapshot, query.excludeNodes ?? [], asOf),
  };
}

/** The rows of one direction, cut to the part that a filter looks at. */
export type RowPart = Pick<Rows, 'targets' | 'meta' | 'edges' | 'occupied'> & {
  /** By state: where its edges begin and end. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly edgeCount: number;
};

export function rowPart(rows: Rows, { part }: EdgeFilter): RowPart {
  const { targets, meta, edges } = rows;
  const shared = { targets, meta, edges };
  if (part === 'granted') {
    const { offsets: starts, grantedEnds: ends, grantedOccupied: occupied, grantedCount: edgeCount } = rows;
    return { ...shared, starts, ends, occupied, edgeCount };
  }
  if (part === 'exercised') {
    const { exercisedStarts: starts, exercisedEnds: ends, exercisedOccupied: occupied } = rows;
    return { ...shared, starts, ends, occupied, edgeCount: rows.exercisedCount };
  }
  const { offsets, occupied } = rows;
  return { ...shared, starts: offsets, ends: offsets.subarray(1), occupied, edgeCount: targets.length };
}

/** The ontology's columns `granted` and `exercised`, the conditional switch and the kinds, for each possible byte. */
export function allowedBytes(query: EdgeQuery): Uint8Array {
  const kinds = query.kinds ? new Set(query.kinds) : null;
  return Uint8Array.from({ length: 256 }, (_, meta) => {
    const kind = EDGE_KIND_NAMES[kindOfEdge(meta)];
    if (kind === undefined || (kinds && !kinds.has(kind))) return 0;
    if (isConditional(meta) && query.includeConditional === false) return 0;
    const rule = EDGE_KINDS[kind];
    if (query.mode !== 'exercised') return rule.granted ? 1 : 0;
    return rule.exercised === 'always' || (rule.exercised === 'observed' && isExercised(meta)) ? 1 : 0;
  });
}

/** One bit per thing that does not hold at the time; null when all hold. Without a time, what has an end does not. */
function deadAt(validity: Validity | null, asOf: number | null, count: number): Bits | null {
  if (!validity) return null;
  const { from, to } = validity;
  const dead = bitsFor(count);
  const time = asOf === null ? 0 : Math.floor(asOf);
  for (let i = 0; i < count; i++) {
    const end = u32(to, i);
    const holds = asOf === null ? end === OPEN : u32(from, i) <= time && (end === OPEN || time < end);
    if (!holds) setBit(dead, i);
  }
  return dead;
}

function blockedStates(snapshot: Snapshot, excluded: readonly number[], asOf: number | null): Bits | null {
  const dead = deadAt(snapshot.parts.nodeValidity, asOf, snapshot.nodeCount);
  if (!dead && excluded.length === 0) return null;
  const { space } = snapshot;
  const blocked = bitsFor(space.stateCount);
  const block = (node: number) => {
    const first = stateOf(space, node, 1);
    const states = node < space.firstResource ? 1 : 4;
    for (let s = first; s < first + states; s++) setBit(blocked, s);
  };
  for (const node of excluded) block(node);
  if (dead) {
    for (let node = 0; node < snapshot.nodeCount; node++) {
      if (((dead[node >>> 5] as number) >>> (node & 31)) & 1) block(node);
    }
  }
  return blocked;
}

import { EDGE_KINDS, EDGE_KIND_NAMES } from '#lib/ontology/edge-kinds.ts';
import { bitsFor, setBit, type Bits } from './bits.ts';
import { isConditional, isExercised, kindOfEdge } from './codes.ts';
import type { EdgeQuery } from './query.ts';
import { OPEN, type Rows, type Snapshot, type Validity } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { u32 } from './typed.ts';

/** A query made ready for the inner loops. */
export type EdgeFilter = {
  /** Rows end where their granted, live part ends. */
  readonly isGrantedPart: boolean;
  /** Whether each edge must be tested; else every edge up to the row's end passes. */
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
  const isExercisedMode = query.mode === 'exercised';
  const isGrantedPart = !isExercisedMode && asOf === null;
  const excluded = query.excludeEdges ?? [];
  const ends = isGrantedPart ? null : deadAt(snapshot.parts.edgeValidity, asOf, snapshot.edgeCount);
  let deadEdges = ends;
  if (excluded.length > 0) {
    deadEdges = ends ? ends.slice() : bitsFor(snapshot.edgeCount);
    for (const edge of excluded) setBit(deadEdges, edge);
  }
  return {
    isGrantedPart,
    hasTest: !isGrantedPart || query.includeConditional === false || !!query.kinds || deadEdges !== null,
    allowed: allowedBytes(query),
    deadEdges,
    blockedStates: blockedStates(snapshot, query.excludeNodes ?? [], asOf),
  };
}

/** Where each row ends under the filter, indexed by state. */
export function rowEnds(rows: Rows, filter: EdgeFilter): Int32Array {
  return filter.isGrantedPart ? rows.grantedEnds : rows.offsets.subarray(1);
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

import { EDGE_KIND_NAMES, EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import { kindOfEdge, levelOfEdge, needOfKind, RESOURCE_CODE } from './codes.ts';
import { setBit } from './bits.ts';
import { buildKeyTable } from './key-table.ts';
import { OPEN, Snapshot, type Rows, type Validity } from './snapshot.ts';
import { stateOf, stateSpace, type StateSpace } from './state-space.ts';
import { i32, known, sharedBytes, sharedInts, u8 } from './typed.ts';

/** Facts in the order in which they came; ends are positions of nodes, -1 where unknown; times are unsigned bits. */
export type Columns = {
  nodeIds: Int32Array | null;
  nodeKeys: readonly string[] | null;
  nodeKinds: Uint8Array;
  sensitivities: Uint8Array;
  nodeFrom: Int32Array;
  nodeTo: Int32Array;
  edgeIds: Int32Array;
  sources: Int32Array;
  targets: Int32Array;
  meta: Uint8Array;
  edgeFrom: Int32Array;
  edgeTo: Int32Array;
};

/**
 * Lays the facts out as rows of both directions. Nodes are numbered by kind with the resources last (state-space.ts);
 * every row holds its granted, live edges first and each part in order of the far end, so that the common search reads
 * one run of memory per state without a test per edge.
 */
export function freezeColumns(columns: Columns): Snapshot {
  const order = nodesByKind(columns.nodeKinds);
  const positions = new Int32Array(order.length);
  order.forEach((old, index) => (positions[old] = index));
  const resources = columns.nodeKinds.reduce((n, kind) => n + (kind === RESOURCE_CODE ? 1 : 0), 0);
  const space = stateSpace(order.length, order.length - resources);
  const states = edgeStates(columns, positions, space);
  const isLate = lateEdges(columns);
  // Sorted by far end first and by near end second; counting sorts are stable, so each row is ordered by far end.
  const byTarget = sortedByState(states.kept, states.to, isLate, space.stateCount);
  const byBoth = sortedByState(byTarget.order, states.from, isLate, space.stateCount);
  const out = outgoingRows(columns, states.to, byBoth);
  return new Snapshot({
    space,
    edgeCount: states.kept.length,
    nodeKinds: gatheredBytes(columns.nodeKinds, order),
    sensitivities: gatheredBytes(columns.sensitivities, order),
    nodeIds: columns.nodeIds && gathered(columns.nodeIds, order),
    nodeKeys: reorderedKeys(columns.nodeKeys, order),
    edgeIds: gathered(columns.edgeIds, byBoth.order),
    out,
    in: incomingRows(out, space.stateCount),
    nodeValidity: validity(columns.nodeFrom, columns.nodeTo, order),
    edgeValidity: validity(columns.edgeFrom, columns.edgeTo, byBoth.order),
    orphanEdges: columns.edgeIds.length - states.kept.length,
  });
}

function nodesByKind(kinds: Uint8Array): Int32Array {
  const rank = (kind: number) => (kind === RESOURCE_CODE ? 255 : kind);
  const starts = new Int32Array(257);
  for (const kind of kinds) starts[rank(kind) + 1] = i32(starts, rank(kind) + 1) + 1;
  for (let k = 0; k < 256; k++) starts[k + 1] = i32(starts, k + 1) + i32(starts, k);
  const order = new Int32Array(kinds.length);
  for (let i = 0; i < kinds.length; i++) {
    const k = rank(u8(kinds, i));
    const place = i32(starts, k);
    starts[k] = place + 1;
    order[place] = i;
  }
  return order;
}

/** The state that each edge leaves (its node, at the level it needs) and the one it reaches (at the level it gives). */
function edgeStates(columns: Columns, positions: Int32Array, space: StateSpace) {
  const count = columns.sources.length;
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const kept = new Int32Array(count);
  let keptCount = 0;
  for (let e = 0; e < count; e++) {
    const source = i32(columns.sources, e);
    const target = i32(columns.targets, e);
    if (source < 0 || target < 0) continue;
    const meta = u8(columns.meta, e);
    from[e] = stateOf(space, i32(positions, source), needOfKind(kindOfEdge(meta)));
    to[e] = stateOf(space, i32(positions, target), levelOfEdge(meta));
    kept[keptCount++] = e;
  }
  return { from, to, kept: kept.subarray(0, keptCount) };
}

/** 1 for edges that stand at the end of their row: those that only tell of use, and those that have ended. */
function lateEdges(columns: Columns): Uint8Array {
  const granted = Uint8Array.from(EDGE_KIND_NAMES, (kind) => (EDGE_KINDS[kind].granted ? 1 : 0));
  const late = new Uint8Array(columns.meta.length);
  for (let e = 0; e < late.length; e++) {
    const ended = i32(columns.edgeTo, e) !== (OPEN | 0);
    late[e] = ended || u8(granted, kindOfEdge(u8(columns.meta, e))) === 0 ? 1 : 0;
  }
  return late;
}

type Sorted = { order: Int32Array; offsets: Int32Array; grantedEnds: Int32Array };

/** A stable counting sort of edges by (state, late). */
function sortedByState(
  edges: Int32Array,
  states: Int32Array,
  isLate: Uint8Array,
  stateCount: number,
): Sorted {
  const ends = new Int32Array(stateCount * 2 + 1);
  for (const e of edges) {
    const slot = i32(states, e) * 2 + u8(isLate, e) + 1;
    ends[slot] = i32(ends, slot) + 1;
  }
  for (let s = 1; s < ends.length; s++) ends[s] = i32(ends, s) + i32(ends, s - 1);
  const offsets = sharedInts(stateCount + 1);
  const grantedEnds = sharedInts(stateCount);
  for (let s = 0; s < stateCount; s++) {
    offsets[s] = i32(ends, s * 2);
    grantedEnds[s] = i32(ends, s * 2 + 1);
  }
  offsets[stateCount] = edges.length;
  const order = new Int32Array(edges.length);
  for (const e of edges) {
    const slot = i32(states, e) * 2 + u8(isLate, e);
    const place = i32(ends, slot);
    ends[slot] = place + 1;
    order[place] = e;
  }
  return { order, offsets, grantedEnds };
}

function outgoingRows(columns: Columns, to: Int32Array, sorted: Sorted): Rows {
  const targets = sharedInts(sorted.order.length);
  const meta = sharedBytes(sorted.order.length);
  for (let i = 0; i < targets.length; i++) {
    const e = i32(sorted.order, i);
    targets[i] = i32(to, e);
    meta[i] = u8(columns.meta, e);
  }
  return { ...spans(sorted), targets, meta, edges: null };
}

/** The same edges by the state they reach; sources ascend within a row because the outgoing rows are read in order. */
function incomingRows(out: Rows, stateCount: number): Rows {
  const count = out.targets.length;
  const sources = new Int32Array(count);
  const isLate = new Uint8Array(count);
  const edges = new Int32Array(count);
  for (let s = 0; s < stateCount; s++) {
    for (let i = i32(out.offsets, s); i < i32(out.offsets, s + 1); i++) {
      sources[i] = s;
      isLate[i] = i < i32(out.grantedEnds, s) ? 0 : 1;
      edges[i] = i;
    }
  }
  const sorted = sortedByState(edges, out.targets, isLate, stateCount);
  return {
    ...spans(sorted),
    targets: gathered(sources, sorted.order),
    meta: gatheredBytes(out.meta, sorted.order),
    edges: gathered(edges, sorted.order),
  };
}

function spans(sorted: Sorted): Pick<Rows, 'offsets' | 'grantedEnds' | 'occupied'> {
  const { offsets, grantedEnds } = sorted;
  const occupied = sharedInts(grantedEnds.length >>> 5);
  let isAllGranted = true;
  for (let s = 0; s < grantedEnds.length; s++) {
    if (i32(offsets, s + 1) > i32(offsets, s)) setBit(occupied, s);
    if (i32(grantedEnds, s) !== i32(offsets, s + 1)) isAllGranted = false;
  }
  return { offsets, grantedEnds: isAllGranted ? offsets.subarray(1) : grantedEnds, occupied };
}

function gathered(values: Int32Array, order: Int32Array): Int32Array {
  const result = sharedInts(order.length);
  for (let i = 0; i < order.length; i++) result[i] = i32(values, i32(order, i));
  return result;
}

function gatheredBytes(values: Uint8Array, order: Int32Array): Uint8Array {
  const result = sharedBytes(order.length);
  for (let i = 0; i < order.length; i++) result[i] = u8(values, i32(order, i));
  return result;
}

function reorderedKeys(keys: readonly string[] | null, order: Int32Array) {
  return keys ? buildKeyTable(Array.from(order, (old) => known(keys, old))) : null;
}

/** Null when every fact is open at both ends, which then costs nothing. */
function validity(from: Int32Array, to: Int32Array, order: Int32Array): Validity | null {
  const isOpen = (e: number) => i32(from, e) === 0 && i32(to, e) === (OPEN | 0);
  if (order.every(isOpen)) return null;
  return {
    from: new Uint32Array(gathered(from, order).buffer),
    to: new Uint32Array(gathered(to, order).buffer),
  };
}

import { kindOfEdge, levelOfEdge, needOfKind, RESOURCE_CODE } from './codes.ts';
import { buildKeyTable } from './key-table.ts';
import { boundsOf, CLASS_COUNT, classTable, ENDED_CLASS, partsOf } from './row-bounds.ts';
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
 * every row is in parts (snapshot.ts), each in order of the far end, so that the common searches read one run of memory
 * per state without a test per edge.
 */
export function freezeColumns(columns: Columns): Snapshot {
  const order = nodesByKind(columns.nodeKinds);
  const positions = new Int32Array(order.length);
  order.forEach((old, index) => (positions[old] = index));
  const resources = columns.nodeKinds.reduce((n, kind) => n + (kind === RESOURCE_CODE ? 1 : 0), 0);
  const space = stateSpace(order.length, order.length - resources);
  const states = edgeStates(columns, positions, space);
  const classes = edgeClasses(columns);
  // Sorted by far end first and by near end second; counting sorts are stable, so each row is ordered by far end.
  const byTarget = sortedByState(states.kept, states.to, classes, space.stateCount);
  const byBoth = sortedByState(byTarget.order, states.from, classes, space.stateCount);
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
    in: incomingRows(out, space.stateCount, gatheredBytes(classes, byBoth.order)),
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

/** The part of its row in which each edge stands. */
function edgeClasses(columns: Columns): Uint8Array {
  const byByte = classTable();
  const classes = new Uint8Array(columns.meta.length);
  for (let e = 0; e < classes.length; e++) {
    const isEnded = i32(columns.edgeTo, e) !== (OPEN | 0);
    classes[e] = isEnded ? ENDED_CLASS : u8(byByte, u8(columns.meta, e));
  }
  return classes;
}

type Sorted = { order: Int32Array; bounds: readonly Int32Array[] };

/** A stable counting sort of edges by (state, class). */
function sortedByState(
  edges: Int32Array,
  states: Int32Array,
  classes: Uint8Array,
  stateCount: number,
): Sorted {
  const ends = new Int32Array(stateCount * CLASS_COUNT + 1);
  for (const e of edges) {
    const slot = i32(states, e) * CLASS_COUNT + u8(classes, e) + 1;
    ends[slot] = i32(ends, slot) + 1;
  }
  const bounds = boundsOf(ends);
  const order = new Int32Array(edges.length);
  for (const e of edges) {
    const slot = i32(states, e) * CLASS_COUNT + u8(classes, e);
    const place = i32(ends, slot);
    ends[slot] = place + 1;
    order[place] = e;
  }
  return { order, bounds };
}

function outgoingRows(columns: Columns, to: Int32Array, sorted: Sorted): Rows {
  const targets = sharedInts(sorted.order.length);
  const meta = sharedBytes(sorted.order.length);
  for (let i = 0; i < targets.length; i++) {
    const e = i32(sorted.order, i);
    targets[i] = i32(to, e);
    meta[i] = u8(columns.meta, e);
  }
  return { ...partsOf(sorted.bounds), targets, meta, edges: null };
}

/** The same edges by the state they reach; sources ascend within a part because the outgoing rows are read in order. */
function incomingRows(out: Rows, stateCount: number, classes: Uint8Array): Rows {
  const count = out.targets.length;
  const sources = new Int32Array(count);
  const edges = new Int32Array(count);
  for (let s = 0; s < stateCount; s++) {
    for (let i = i32(out.offsets, s); i < i32(out.offsets, s + 1); i++) {
      sources[i] = s;
      edges[i] = i;
    }
  }
  const sorted = sortedByState(edges, out.targets, classes, stateCount);
  return {
    ...partsOf(sorted.bounds),
    targets: gathered(sources, sorted.order),
    meta: gatheredBytes(out.meta, sorted.order),
    edges: gathered(edges, sorted.order),
  };
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

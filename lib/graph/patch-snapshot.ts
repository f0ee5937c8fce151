import { ACCESS_LEVELS } from '#lib/ontology/edge-kinds.ts';
import { bitsFor, setBit, type Bits } from './bits.ts';
import { edgeKindCode, kindOfEdge, levelOfEdge, needOfKind, nodeKindCode, packEdge } from './codes.ts';
import { sensitivityCode } from './codes.ts';
import { mergeRows, type Insertion } from './merge-rows.ts';
import { numberNodes, type Numbering } from './number-nodes.ts';
import { classTable, ENDED_CLASS } from './row-bounds.ts';
import { secondsOf, type EdgeInput, type NodeInput } from './snapshot-builder.ts';
import { OPEN, Snapshot, type SnapshotParts, type Validity } from './snapshot.ts';
import { stateOf } from './state-space.ts';
import { i32, known, sharedBytes, sharedInts, u32, u8 } from './typed.ts';

/** Facts that are new or other than before, named by int32 ids. */
export type SnapshotChanges = { nodes: readonly NodeInput[]; edges: readonly EdgeInput[] };

type Coming = Insertion & { id: number; from: number; to: number };

/**
 * The snapshot with these facts in place of those of the same id. The rows stay in order, so they are merged and not
 * sorted again: a small share of the cost of freezing everything. Null where everything must be frozen anew: a node
 * changes its kind, an edge leads to a node that is not there, nodes are named by keys.
 */
export function patchSnapshot(snapshot: Snapshot, changes: SnapshotChanges): Snapshot | null {
  const { parts } = snapshot;
  const numbering = parts.orphanEdges > 0 ? null : numberNodes(snapshot, changes.nodes);
  const coming = numbering && edgesComing(numbering, changes.edges);
  if (!numbering || !coming) return null;
  const removed = removedEdges(snapshot, changes.edges);
  const { stateMap, space } = numbering;
  const out = mergeRows({ rows: parts.out, stateMap, space, removed, insertions: coming });
  const mirrored = coming.map(({ near, far, part, meta }) => ({ near: far, far: near, part, meta }));
  const incoming = mergeRows({ rows: parts.in, stateMap, space, removed, insertions: mirrored });
  return new Snapshot({
    ...nodeArrays(parts, numbering, changes.nodes),
    ...{ space, edgeCount: out.order.length, nodeKeys: null, orphanEdges: 0 },
    edgeIds: merged(out.order, parts.edgeIds, coming, ({ id }) => id),
    out: { ...out.rows, edges: null },
    in: { ...incoming.rows, edges: outgoingPositions(parts, out.order, incoming.order, coming.length) },
    edgeValidity: mergedValidity(parts.edgeValidity, out.order, coming),
  });
}

/** Null when an end of an edge is not among the nodes. */
function edgesComing({ space, nodeOf }: Numbering, edges: readonly EdgeInput[]): Coming[] | null {
  const parts = classTable();
  const coming: Coming[] = [];
  for (const edge of edges) {
    const [source, target] = [nodeOf(edge.from), nodeOf(edge.to)];
    if (source === -1 || target === -1) return null;
    const level = edge.level ? ACCESS_LEVELS[edge.level] : 0;
    const isExercised = edge.exercised === true;
    const meta = packEdge(edgeKindCode(edge.kind), level, edge.conditional === true, isExercised);
    const to = secondsOf(edge.validTo, OPEN);
    coming.push({
      id: edge.id,
      near: stateOf(space, source, needOfKind(kindOfEdge(meta))),
      far: stateOf(space, target, levelOfEdge(meta)),
      part: to === (OPEN | 0) ? u8(parts, meta) : ENDED_CLASS,
      meta,
      from: secondsOf(edge.validFrom, 0),
      to,
    });
  }
  return coming;
}

function removedEdges(snapshot: Snapshot, edges: readonly EdgeInput[]): Bits {
  const removed = bitsFor(snapshot.edgeCount);
  for (const { id } of edges) {
    const edge = snapshot.edgeOf(id);
    if (edge !== -1) setBit(removed, edge);
  }
  return removed;
}

/** What stands at each position: the value before, or that of the insertion. */
function merged<T>(
  order: Int32Array,
  before: Int32Array,
  coming: readonly T[],
  valueOf: (item: T) => number,
) {
  const values = sharedInts(order.length);
  for (let i = 0; i < order.length; i++) {
    const old = i32(order, i);
    values[i] = old >= 0 ? i32(before, old) : valueOf(known(coming, -1 - old));
  }
  return values;
}

/** For each incoming position, where the edge stands among the outgoing ones. */
function outgoingPositions(parts: SnapshotParts, out: Int32Array, incoming: Int32Array, comingCount: number) {
  const places = new Int32Array(parts.edgeCount);
  const comingPlaces = new Int32Array(comingCount);
  for (let i = 0; i < out.length; i++) {
    const old = i32(out, i);
    if (old >= 0) places[old] = i;
    else comingPlaces[-1 - old] = i;
  }
  const before = parts.in.edges ?? new Int32Array();
  const positions = sharedInts(incoming.length);
  for (let i = 0; i < incoming.length; i++) {
    const old = i32(incoming, i);
    positions[i] = old >= 0 ? i32(places, i32(before, old)) : i32(comingPlaces, -1 - old);
  }
  return positions;
}

type Spanned = { from: number; to: number };

function mergedValidity(
  before: Validity | null,
  order: Int32Array,
  coming: readonly Spanned[],
): Validity | null {
  if (!before && coming.every(({ from, to }) => from === 0 && to === (OPEN | 0))) return null;
  const [from, to] = [sharedInts(order.length), sharedInts(order.length)];
  for (let i = 0; i < order.length; i++) {
    const old = i32(order, i);
    const item = old < 0 ? known(coming, -1 - old) : null;
    from[i] = item ? item.from : before ? u32(before.from, old) : 0;
    to[i] = item ? item.to : before ? u32(before.to, old) : OPEN;
  }
  return { from: new Uint32Array(from.buffer), to: new Uint32Array(to.buffer) };
}

function nodeArrays(
  parts: SnapshotParts,
  { order, nodeIds, restated }: Numbering,
  inputs: readonly NodeInput[],
) {
  const nodeKinds = sharedBytes(order.length);
  const sensitivities = sharedBytes(order.length);
  for (let node = 0; node < order.length; node++) {
    const old = i32(order, node);
    const input = old < 0 ? known(inputs, -1 - old) : null;
    nodeKinds[node] = input ? nodeKindCode(input.kind) : u8(parts.nodeKinds, old);
    sensitivities[node] = input ? sensitivityCode(input.sensitivity) : u8(parts.sensitivities, old);
  }
  for (const [node, { sensitivity }] of restated) sensitivities[node] = sensitivityCode(sensitivity);
  const spans = inputs.map(({ validFrom, validTo }) => ({
    from: secondsOf(validFrom, 0),
    to: secondsOf(validTo, OPEN),
  }));
  return { nodeKinds, sensitivities, nodeIds, nodeValidity: nodeValidity(parts, order, spans, restated) };
}

function nodeValidity(
  parts: SnapshotParts,
  order: Int32Array,
  spans: readonly Spanned[],
  restated: Numbering['restated'],
): Validity | null {
  const validity = mergedValidity(parts.nodeValidity, order, spans);
  if (!validity) return null;
  for (const [node, { validFrom, validTo }] of restated) {
    validity.from[node] = secondsOf(validFrom, 0);
    validity.to[node] = secondsOf(validTo, OPEN);
  }
  return validity;
}

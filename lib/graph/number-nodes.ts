import { nodeKindCode, RESOURCE_CODE } from './codes.ts';
import { indexIds, positionOf } from './id-index.ts';
import type { NodeInput } from './snapshot-builder.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { nodeOfState, stateOf, stateSpace, type StateSpace } from './state-space.ts';
import { i32, known, sharedInts, u8 } from './typed.ts';

/** Where the nodes stand once some have come: each new one behind those of its kind, so that the old ones keep their order. */
export type Numbering = {
  readonly space: StateSpace;
  /** By node: its index before, or `-1 - i` where it is the i-th input. */
  readonly order: Int32Array;
  readonly nodeIds: Int32Array<SharedArrayBuffer>;
  /** By state before: the state now. */
  readonly stateMap: Int32Array;
  /** Inputs of nodes that were there before, by node. */
  readonly restated: readonly (readonly [NodeIndex, NodeInput])[];
  readonly nodeOf: (id: number | string) => NodeIndex;
};

/** Null where the old nodes cannot keep their order: one changes its kind, comes twice, or nodes are named by keys. */
export function numberNodes(snapshot: Snapshot, inputs: readonly NodeInput[]): Numbering | null {
  const { nodeIds: oldIds, nodeKinds } = snapshot.parts;
  if (!oldIds) return null;
  const coming: { kind: number; input: number }[] = [];
  for (const [i, { id, kind }] of inputs.entries()) {
    if (typeof id === 'string') return null;
    const old = snapshot.nodeOf(id);
    if (old === -1) coming.push({ kind: nodeKindCode(kind), input: i });
    else if (u8(nodeKinds, old) !== nodeKindCode(kind)) return null;
  }
  const order = mergedOrder(nodeKinds, coming);
  const nodeIds = sharedInts(order.length);
  order.forEach(
    (old, node) => (nodeIds[node] = old >= 0 ? i32(oldIds, old) : Number(known(inputs, -1 - old).id)),
  );
  const { index, isUnique } = indexIds(nodeIds);
  if (!isUnique) return null;
  const resources = coming.filter(({ kind }) => kind === RESOURCE_CODE).length;
  const space = stateSpace(order.length, snapshot.space.firstResource + coming.length - resources);
  const nodeOf = (id: number | string) => (typeof id === 'number' ? positionOf(index, id) : -1);
  const restated = inputs
    .filter(({ id }) => snapshot.nodeOf(id) !== -1)
    .map((input) => [nodeOf(input.id), input] as const);
  return { space, order, nodeIds, stateMap: stateMap(snapshot.space, space, order), restated, nodeOf };
}

function mergedOrder(kinds: Uint8Array, coming: readonly { kind: number; input: number }[]): Int32Array {
  const rank = (kind: number) => (kind === RESOURCE_CODE ? 255 : kind);
  const sorted = coming.toSorted((a, b) => rank(a.kind) - rank(b.kind) || a.input - b.input);
  const order = new Int32Array(kinds.length + sorted.length);
  let n = 0;
  let next = 0;
  for (let old = 0; old < kinds.length; old++) {
    for (; next < sorted.length && rank(known(sorted, next).kind) < rank(u8(kinds, old)); next++) {
      order[n++] = -1 - known(sorted, next).input;
    }
    order[n++] = old;
  }
  for (; next < sorted.length; next++) order[n++] = -1 - known(sorted, next).input;
  return order;
}

function stateMap(before: StateSpace, now: StateSpace, order: Int32Array): Int32Array {
  const places = new Int32Array(before.nodeCount);
  order.forEach((old, node) => {
    if (old >= 0) places[old] = node;
  });
  const map = new Int32Array(before.stateCount);
  for (let node = 0; node < before.firstResource; node++) map[node] = i32(places, node);
  for (let state = before.resourceStates; state < before.stateCount; state++) {
    const node = nodeOfState(before, state);
    // The words of a bit set are whole; the states behind the last node stand for nothing.
    if (node < before.nodeCount) map[state] = stateOf(now, i32(places, node), 1) + (state & 3);
  }
  return map;
}

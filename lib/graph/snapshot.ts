import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import {
  edgeKindName,
  isConditional,
  isExercised,
  kindOfEdge,
  levelOfEdge,
  levelName,
  edgeRule,
} from './codes.ts';
import { nodeKindName, sensitivityName } from './codes.ts';
import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { indexIds, positionOf, type IdIndex } from './id-index.ts';
import { findKey, keyAt, type KeyTable } from './key-table.ts';
import { nodeOfState, type StateSpace } from './state-space.ts';
import { i32, u32, u8 } from './typed.ts';

/** Position of a node in a snapshot, 0 … nodeCount-1. Another snapshot numbers otherwise: keep external ids. */
export type NodeIndex = number;
/** Position of an edge in a snapshot, 0 … edgeCount-1. */
export type EdgeIndex = number;

/** Rows of one direction in compressed form, over states. */
export type Rows = {
  /** stateCount + 1: where the row of a state begins. */
  readonly offsets: Int32Array;
  /**
   * Within a row stand, in this order: granted edges that no exercised search follows, granted ones that it does, those
   * that only it follows, and the rest (never followed, or ended). Each search so finds its edges in one run.
   */
  readonly exercisedStarts: Int32Array;
  readonly grantedEnds: Int32Array;
  readonly exercisedEnds: Int32Array;
  readonly grantedCount: number;
  readonly exercisedCount: number;
  /** The state at the other end. */
  readonly targets: Int32Array;
  /** The byte of each edge (codes.ts). */
  readonly meta: Uint8Array;
  /** The edge that stands at each position; null where it is the position itself (the outgoing rows). */
  readonly edges: Int32Array | null;
  /** One bit per state whose row, or that part of it, is not empty. */
  readonly occupied: Int32Array;
  readonly grantedOccupied: Int32Array;
  readonly exercisedOccupied: Int32Array;
};

/** `from` and `to` in epoch seconds, half open; 0 and OPEN where unbounded. */
export type Validity = { readonly from: Uint32Array; readonly to: Uint32Array };
export const OPEN = 0xffffffff;

/** Everything of a snapshot, in shared memory: `postMessage` hands it over without a copy. */
export type SnapshotParts = {
  readonly space: StateSpace;
  readonly edgeCount: number;
  readonly nodeKinds: Uint8Array;
  readonly sensitivities: Uint8Array;
  readonly nodeIds: Int32Array | null;
  readonly nodeKeys: KeyTable | null;
  readonly edgeIds: Int32Array;
  readonly out: Rows;
  readonly in: Rows;
  readonly nodeValidity: Validity | null;
  readonly edgeValidity: Validity | null;
  /** Edges that were left out because an end of theirs was not among the nodes. */
  readonly orphanEdges: number;
};

export type EdgeFacts = {
  id: number;
  from: NodeIndex;
  to: NodeIndex;
  kind: EdgeKind;
  level: AccessLevel | null;
  conditional: boolean;
  exercised: boolean;
};

/** A frozen trust graph. Nothing in it changes; a new state of the world is a new snapshot. */
export class Snapshot {
  readonly parts: SnapshotParts;
  readonly space: StateSpace;
  readonly nodeCount: number;
  readonly edgeCount: number;
  #nodeIndex: IdIndex | null = null;
  #edgeIndex: IdIndex | null = null;

  constructor(parts: SnapshotParts) {
    this.parts = parts;
    this.space = parts.space;
    this.nodeCount = parts.space.nodeCount;
    this.edgeCount = parts.edgeCount;
  }

  /** The parts, to be sent to another thread; the memory is shared, not copied. */
  toTransferable(): SnapshotParts {
    return this.parts;
  }

  static fromTransferable(parts: SnapshotParts): Snapshot {
    return new Snapshot(parts);
  }

  /** The node with this external id, or -1. */
  nodeOf(id: number | string): NodeIndex {
    const { nodeIds, nodeKeys } = this.parts;
    if (typeof id === 'string') return nodeKeys ? findKey(nodeKeys, id) : -1;
    if (!nodeIds) return -1;
    this.#nodeIndex ??= indexIds(nodeIds).index;
    return positionOf(this.#nodeIndex, id);
  }

  /** The edge with this external id, or -1. */
  edgeOf(id: number): EdgeIndex {
    this.#edgeIndex ??= indexIds(this.parts.edgeIds).index;
    return positionOf(this.#edgeIndex, id);
  }

  nodeId(node: NodeIndex): number | string {
    const { nodeIds, nodeKeys } = this.parts;
    return nodeKeys ? keyAt(nodeKeys, node) : i32(nodeIds ?? new Int32Array(), node);
  }

  edgeId(edge: EdgeIndex): number {
    return i32(this.parts.edgeIds, edge);
  }

  kindOf(node: NodeIndex): NodeKind {
    return nodeKindName(u8(this.parts.nodeKinds, node));
  }

  sensitivityOf(node: NodeIndex): Sensitivity | null {
    return sensitivityName(u8(this.parts.sensitivities, node));
  }

  isResource(node: NodeIndex): boolean {
    return node >= this.space.firstResource;
  }

  /** The state that the edge leaves: found in the offsets, as no array is spent on it. */
  sourceState(edge: EdgeIndex): number {
    const { offsets } = this.parts.out;
    let low = 0;
    let high = this.space.stateCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (i32(offsets, middle) <= edge) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  targetState(edge: EdgeIndex): number {
    return i32(this.parts.out.targets, edge);
  }

  edgeFacts(edge: EdgeIndex): EdgeFacts {
    const meta = u8(this.parts.out.meta, edge);
    const kind = kindOfEdge(meta);
    return {
      id: this.edgeId(edge),
      from: nodeOfState(this.space, this.sourceState(edge)),
      to: nodeOfState(this.space, this.targetState(edge)),
      kind: edgeKindName(kind),
      level: edgeRule(kind).carriesLevel ? levelName(levelOfEdge(meta)) : null,
      conditional: isConditional(meta),
      exercised: isExercised(meta),
    };
  }

  /** Epoch seconds; null where open. */
  edgeValidity(edge: EdgeIndex): { from: number | null; to: number | null } {
    return spanAt(this.parts.edgeValidity, edge);
  }

  nodeValidity(node: NodeIndex): { from: number | null; to: number | null } {
    return spanAt(this.parts.nodeValidity, node);
  }

  /** Bytes of the arrays that a search reads (`hot`), and of all of them. */
  byteSizes(): { hot: number; all: number } {
    const { out, in: incoming, nodeValidity, edgeValidity, ...rest } = this.parts;
    const hotArrays: Sized[] = [];
    for (const rows of [out, incoming]) {
      hotArrays.push(rows.targets, rows.meta, rows.occupied, rows.grantedOccupied, rows.exercisedOccupied);
      const { offsets, exercisedStarts, grantedEnds, exercisedEnds } = rows;
      // Arrays that would be equal are one.
      const bounds = [offsets, exercisedStarts, grantedEnds, exercisedEnds];
      hotArrays.push(...new Set(bounds.map((array) => array.buffer)));
    }
    const coldArrays = [rest.edgeIds, incoming.edges, rest.nodeKinds, rest.sensitivities, rest.nodeIds];
    const spans = [nodeValidity?.from, nodeValidity?.to, edgeValidity?.from, edgeValidity?.to];
    const bytes = (arrays: readonly (Sized | null | undefined)[]) =>
      arrays.reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
    const hot = bytes(hotArrays);
    return { hot, all: hot + bytes(coldArrays) + bytes(spans) };
  }
}

type Sized = { readonly byteLength: number };

function spanAt(validity: Validity | null, index: number): { from: number | null; to: number | null } {
  if (!validity) return { from: null, to: null };
  const from = u32(validity.from, index);
  const to = u32(validity.to, index);
  return { from: from === 0 ? null : from, to: to === OPEN ? null : to };
}

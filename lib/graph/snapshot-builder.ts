import { AppError } from '#lib/core/errors.ts';
import { ACCESS_LEVELS, type AccessLevel, type EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind, Sensitivity } from '#lib/ontology/node-kinds.ts';
import { edgeKindCode, nodeKindCode, packEdge, sensitivityCode } from './codes.ts';
import { freezeColumns } from './freeze-columns.ts';
import { GrowingBytes, GrowingInts } from './growing-columns.ts';
import { indexIds, positionOf } from './id-index.ts';
import { buildKeyTable, findKey, type KeyTable } from './key-table.ts';
import { OPEN, type Snapshot } from './snapshot.ts';

/** Times are epoch seconds; absent or null is open. An id is an int32 of the database or a canonical key. */
export type NodeInput = {
  id: number | string;
  kind: NodeKind;
  sensitivity?: Sensitivity | null;
  validFrom?: number | null;
  validTo?: number | null;
};

export type EdgeInput = {
  /** External int32 id; need not be dense. */
  id: number;
  from: number | string;
  to: number | string;
  kind: EdgeKind;
  level?: AccessLevel | null;
  conditional?: boolean;
  /** A log showed its use. */
  exercised?: boolean;
  validFrom?: number | null;
  validTo?: number | null;
};

/** Gathers nodes and edges in any order, then freezes them; parallel edges and self-loops are kept. */
export class SnapshotBuilder {
  readonly #nodeIds = new GrowingInts();
  readonly #nodeKeys: string[] = [];
  readonly #nodeKinds = new GrowingBytes();
  readonly #sensitivities = new GrowingBytes();
  readonly #nodeFrom = new GrowingInts();
  readonly #nodeTo = new GrowingInts();
  readonly #edgeIds = new GrowingInts();
  readonly #sources = new GrowingInts();
  readonly #targets = new GrowingInts();
  readonly #sourceKeys: string[] = [];
  readonly #targetKeys: string[] = [];
  readonly #meta = new GrowingBytes();
  readonly #edgeFrom = new GrowingInts();
  readonly #edgeTo = new GrowingInts();

  addNode(node: NodeInput): void {
    if (typeof node.id === 'string') this.#nodeKeys.push(node.id);
    else this.#nodeIds.push(asId(node.id));
    this.#nodeKinds.push(nodeKindCode(node.kind));
    this.#sensitivities.push(sensitivityCode(node.sensitivity));
    this.#nodeFrom.push(secondsOf(node.validFrom, 0));
    this.#nodeTo.push(secondsOf(node.validTo, OPEN));
  }

  addEdge(edge: EdgeInput): void {
    if (typeof edge.from === 'string' && typeof edge.to === 'string') {
      this.#sourceKeys.push(edge.from);
      this.#targetKeys.push(edge.to);
    } else {
      this.#sources.push(asId(edge.from));
      this.#targets.push(asId(edge.to));
    }
    this.#edgeIds.push(asId(edge.id));
    const level = edge.level ? ACCESS_LEVELS[edge.level] : 0;
    this.#meta.push(
      packEdge(edgeKindCode(edge.kind), level, edge.conditional === true, edge.exercised === true),
    );
    this.#edgeFrom.push(secondsOf(edge.validFrom, 0));
    this.#edgeTo.push(secondsOf(edge.validTo, OPEN));
  }

  /**
   * Throws AppError `invalid_input` on two nodes of one id, and when int and string ids are mixed. An edge with an end
   * that is not among the nodes is left out and counted (`parts.orphanEdges`).
   */
  freeze(): Snapshot {
    const keyed = this.#nodeKeys.length > 0 || this.#sourceKeys.length > 0;
    if (keyed && (this.#nodeIds.length > 0 || this.#sources.length > 0)) {
      throw new AppError(
        'invalid_input',
        'Nodes are named by numbers or by keys, not by both in one snapshot.',
      );
    }
    const keys = keyed ? keyTable(this.#nodeKeys) : null;
    const [sources, targets] = keys ? this.#endsByKey(keys) : this.#endsById();
    return freezeColumns({
      nodeIds: keys ? null : this.#nodeIds.view(),
      nodeKeys: keys ? this.#nodeKeys : null,
      nodeKinds: this.#nodeKinds.view(),
      sensitivities: this.#sensitivities.view(),
      nodeFrom: this.#nodeFrom.view(),
      nodeTo: this.#nodeTo.view(),
      edgeIds: this.#edgeIds.view(),
      sources,
      targets,
      meta: this.#meta.view(),
      edgeFrom: this.#edgeFrom.view(),
      edgeTo: this.#edgeTo.view(),
    });
  }

  #endsByKey(keys: KeyTable): [Int32Array, Int32Array] {
    const find = (key: string) => findKey(keys, key);
    return [Int32Array.from(this.#sourceKeys, find), Int32Array.from(this.#targetKeys, find)];
  }

  #endsById(): [Int32Array, Int32Array] {
    const { index, isUnique } = indexIds(this.#nodeIds.view());
    if (!isUnique) throw new AppError('invalid_input', 'Two nodes of the snapshot have the same id.');
    const find = (id: number) => positionOf(index, id);
    return [this.#sources.view().map(find), this.#targets.view().map(find)];
  }
}

function keyTable(keys: readonly string[]): KeyTable {
  const table = buildKeyTable(keys);
  if (!table) throw new AppError('invalid_input', 'Two nodes of the snapshot have the same key.');
  return table;
}

function asId(id: number | string): number {
  if (typeof id !== 'number' || (id | 0) !== id) {
    throw new AppError('invalid_input', 'An id of the snapshot is not a 32-bit integer.');
  }
  return id;
}

/** Seconds as the bits of an unsigned word; years before 1970 and after 2106 are taken as open. */
export function secondsOf(seconds: number | null | undefined, open: number): number {
  if (seconds === null || seconds === undefined) return open | 0;
  return Math.min(Math.max(Math.floor(seconds), 0), OPEN) | 0;
}

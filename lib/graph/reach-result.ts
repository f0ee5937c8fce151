import { ACCESS_LEVELS, type AccessLevel } from '#lib/ontology/edge-kinds.ts';
import type { NodeKind } from '#lib/ontology/node-kinds.ts';
import { levelName, nodeKindName } from './codes.ts';
import type { EdgeFilter } from './edge-filter.ts';
import { PathReader, type PathHop } from './path-reader.ts';
import type { AddedEdge, Truncation } from './query.ts';
import type { SearchOutcome } from './search.ts';
import type { NodeIndex, Snapshot } from './snapshot.ts';
import { baseState, stateOf } from './state-space.ts';
import { hopAt, i32, u8, type Hops } from './typed.ts';

/** The answer of one reach. Holds one number per state; paths are read back from those when asked for. */
export class ReachResult {
  readonly snapshot: Snapshot;
  readonly isForward: boolean;
  readonly filter: EdgeFilter;
  readonly added: readonly AddedEdge[];
  /** Per state: hops plus one, 0 where not reached. */
  readonly hops: Hops;
  /** Nodes first reached after 0 (the starts), 1, 2 … hops. */
  readonly byHop: readonly number[];
  /** Nodes reached beside the starts. */
  readonly count: number;
  /** Why the search stopped before it had seen everything; null when the answer is whole. */
  readonly truncated: Truncation | null;
  #reader: PathReader | null = null;

  constructor(
    snapshot: Snapshot,
    isForward: boolean,
    filter: EdgeFilter,
    added: readonly AddedEdge[],
    outcome: SearchOutcome,
  ) {
    this.snapshot = snapshot;
    this.isForward = isForward;
    this.filter = filter;
    this.added = added;
    this.hops = outcome.hops;
    this.byHop = outcome.nodesByHop;
    this.truncated = outcome.truncated;
    this.count = outcome.nodesByHop.reduce((sum, nodes, hop) => (hop === 0 ? 0 : sum + nodes), 0);
  }

  /** Hops to the node, 0 for a start, -1 where it is not reached. */
  distance(node: NodeIndex): number {
    const base = baseState(this.snapshot.space, node, this.isForward ? 'down' : 'up');
    return hopAt(this.hops, base) - 1;
  }

  has(node: NodeIndex): boolean {
    return this.distance(node) >= 0;
  }

  /**
   * Forward: the best level at which the node is reached; backward: the least at which holding it is enough. Null
   * where it is not reached; a node that is no resource is reached at admin, or needs to be held at all (admin).
   */
  level(node: NodeIndex): AccessLevel | null {
    if (!this.has(node)) return null;
    const { space } = this.snapshot;
    if (node < space.firstResource) return 'admin';
    const levels = this.isForward ? [4, 3, 2, 1] : [1, 2, 3, 4];
    const level = levels.find((l) => hopAt(this.hops, stateOf(space, node, l)) > 0);
    return level === undefined ? null : levelName(level);
  }

  /** Calls `visit` for every reached node beside the starts, in order of index. */
  forEach(visit: (node: NodeIndex, distance: number) => void): void {
    const { space } = this.snapshot;
    const { hops } = this;
    for (let node = 0; node < space.firstResource; node++) {
      const value = hopAt(hops, node);
      if (value > 1) visit(node, value - 1);
    }
    let state = baseState(space, space.firstResource, this.isForward ? 'down' : 'up');
    for (let node = space.firstResource; node < space.nodeCount; node++, state += 4) {
      const value = hopAt(hops, state);
      if (value > 1) visit(node, value - 1);
    }
  }

  /** Reached nodes beside the starts. */
  nodes(): Int32Array {
    const nodes = new Int32Array(this.count);
    let n = 0;
    this.forEach((node) => (nodes[n++] = node));
    return nodes;
  }

  /** Reached nodes beside the starts, counted by kind and by hop; kinds in the order of the ontology. */
  byKindAndHop(): Map<NodeKind, number[]> {
    const kinds = this.snapshot.parts.nodeKinds;
    const width = this.byHop.length;
    const counts = new Int32Array(width * 16);
    this.forEach((node, distance) => {
      const cell = u8(kinds, node) * width + distance;
      counts[cell] = i32(counts, cell) + 1;
    });
    const table = new Map<NodeKind, number[]>();
    for (let kind = 0; kind < 16; kind++) {
      const row = [...counts.subarray(kind * width, (kind + 1) * width)];
      if (row.some((n) => n > 0)) table.set(nodeKindName(kind), row);
    }
    return table;
  }

  byKind(): Map<NodeKind, number> {
    const sums = [...this.byKindAndHop()].map(
      ([kind, row]) => [kind, row.reduce((a, b) => a + b, 0)] as const,
    );
    return new Map(sums);
  }

  /**
   * One shortest path: from a start to the node (forward), or from the node to a target (backward). With a level, the
   * path that reaches the node at that level or better (forward), or leaves it held at that level (backward). Null where
   * there is none; empty for a start. Costs the edges into the nodes of the path.
   */
  pathTo(node: NodeIndex, level?: AccessLevel): PathHop[] | null {
    const { space } = this.snapshot;
    const state = level
      ? stateOf(space, node, ACCESS_LEVELS[level])
      : baseState(space, node, this.isForward ? 'down' : 'up');
    return hopAt(this.hops, state) === 0 ? null : this.reader().pathTo(state);
  }

  /** Reads the paths of this answer, also at levels and by all their edges. */
  reader(): PathReader {
    this.#reader ??= new PathReader(this.snapshot, this.isForward, this.filter, this.added, this.hops);
    return this.#reader;
  }
}

import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import type { EdgeIndex, NodeIndex } from './snapshot.ts';

/**
 * `granted`: what may be done. `exercised`: what logs show to have been done, with the structure that no log would
 * show (the ontology says which is which).
 */
export type ReachMode = 'granted' | 'exercised';

/** An edge that the snapshot does not have, for a "what if". */
export type AddedEdge = {
  from: NodeIndex;
  to: NodeIndex;
  kind: EdgeKind;
  level?: AccessLevel | null;
  conditional?: boolean;
  exercised?: boolean;
};

/** Which part of the graph a question is asked of. */
export type EdgeQuery = {
  /** `granted` when absent. */
  mode?: ReachMode;
  /** Whether edges that hold only under conditions count; true when absent. */
  includeConditional?: boolean;
  /** Epoch seconds; when absent, what has no end yet. */
  asOf?: number | null;
  /** Only edges of these kinds; all when absent. */
  kinds?: readonly EdgeKind[] | null;
  excludeNodes?: readonly NodeIndex[];
  excludeEdges?: readonly EdgeIndex[];
  addedEdges?: readonly AddedEdge[];
};

/** Where a search stops. Each that takes effect is named in the result. */
export type SearchLimits = {
  maxHops?: number;
  /** Most nodes to reach beside the start: the nearest, and of one hop those with the lowest index. */
  maxNodes?: number;
  /** Asked once per hop; true ends the search, e.g. at a deadline. */
  shouldStop?: () => boolean;
  /** How every step is made; when absent, each is made in the way that its frontier makes cheapest. Same answers. */
  strategy?: 'queue' | 'push' | 'pull';
};

export type Truncation = 'hops' | 'nodes' | 'stopped';

/** A start or a target; the level counts for resources (a start is held at admin, a target reached at read, when absent). */
export type Endpoint = { node: NodeIndex; level?: AccessLevel | null };

/** An edge of the snapshot (≥ 0), or the added edge at `-1 - ref`. */
export type EdgeRef = number;
export const addedRef = (position: number): EdgeRef => -1 - position;

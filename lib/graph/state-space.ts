import { ADMIN, READ } from './codes.ts';

/**
 * A search runs over *states*. A node that is no resource has one; a resource has four, one per access level, so that
 * "held at read" and "held at admin" are different places. Nodes are numbered with the resources last, so that a state
 * is arithmetic, not a table:
 *
 *   0 ………… firstResource ┊ padding ┊ resourceStates ………… stateCount
 *   one state per node               four per resource: read, use, write, admin
 *
 * `resourceStates` is a multiple of 32, so the four states of a resource lie in one half-byte of a bit-set word.
 */
export type StateSpace = {
  readonly nodeCount: number;
  /** The first node index that is a resource. */
  readonly firstResource: number;
  /** The first state of the first resource. */
  readonly resourceStates: number;
  readonly stateCount: number;
};

export function stateSpace(nodeCount: number, firstResource: number): StateSpace {
  const resourceStates = Math.ceil(firstResource / 32) * 32;
  const stateCount = Math.ceil((resourceStates + (nodeCount - firstResource) * 4) / 32) * 32;
  return { nodeCount, firstResource, resourceStates, stateCount };
}

/** The state of a node held at a level (1 to 4); the level counts for resources alone. */
export function stateOf(space: StateSpace, node: number, level: number): number {
  return node < space.firstResource
    ? node
    : space.resourceStates + ((node - space.firstResource) << 2) + level - READ;
}

export function nodeOfState(space: StateSpace, state: number): number {
  return state < space.resourceStates ? state : space.firstResource + ((state - space.resourceStates) >>> 2);
}

export function levelOfState(space: StateSpace, state: number): number {
  return state < space.resourceStates ? ADMIN : (state & 3) + READ;
}

/**
 * Which states a state implies. `down` (forward): what is held at admin is held at read too. `up` (backward): where
 * holding at read is enough, admin is enough too. A node counts as reached by its *base* state: the one that every
 * other state of it implies.
 */
export type Implies = 'down' | 'up';

export function baseState(space: StateSpace, node: number, implies: Implies): number {
  return stateOf(space, node, implies === 'down' ? READ : ADMIN);
}

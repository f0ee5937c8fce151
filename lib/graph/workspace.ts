import { bitsFor, type Bits } from './bits.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Scratch memory of searches, one per snapshot and thread. A search never yields while it uses it, so one is enough;
 * results never point into it.
 */
export type Workspace = {
  visited: Bits;
  frontier: Bits;
  next: Bits;
  queue: Int32Array;
};

const workspaces = new WeakMap<Snapshot, Workspace>();

export function workspaceOf(snapshot: Snapshot): Workspace {
  let workspace = workspaces.get(snapshot);
  if (!workspace) {
    const states = snapshot.space.stateCount;
    workspace = {
      visited: bitsFor(states),
      frontier: bitsFor(states),
      next: bitsFor(states),
      queue: new Int32Array(states),
    };
    workspaces.set(snapshot, workspace);
  }
  return workspace;
}

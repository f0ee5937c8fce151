import type { EdgeRef } from '#lib/graph/query.ts';
import type { ReachResult } from '#lib/graph/reach-result.ts';
import type { NodeIndex } from '#lib/graph/snapshot.ts';
import type { Member } from './reached-set.ts';

/** Each drawn node with the one before it on its path, and the edges of all paths. */
export type Drawn = { parents: Map<NodeIndex, NodeIndex>; edges: EdgeRef[] };

/**
 * Chooses at most `limit` nodes to draw, closed under paths. Where not all fit, sensitive nodes with their paths take up to
 * half of the room, because they are what one looks for; the rest goes to `wanted` in its order.
 */
export function chooseDrawn(reach: ReachResult, wanted: readonly Member[], limit: number): Drawn {
  const parents = new Map<NodeIndex, NodeIndex>();
  const edges = new Set<EdgeRef>();
  const addAll = (nodes: readonly Member[], room: number) => {
    for (const { node } of nodes) {
      if (parents.size >= room) return;
      const path = pathsOf(reach, node, parents);
      if (parents.size + path.parents.size > limit) continue;
      for (const [far, near] of path.parents) parents.set(far, near);
      for (const edge of path.edges) edges.add(edge);
    }
  };
  if (wanted.length > limit)
    addAll(
      wanted.filter(({ isSensitive }) => isSensitive),
      limit / 2,
    );
  addAll(wanted, limit);
  return { parents, edges: [...edges] };
}

/**
 * What is missing of the path to a node, and of those to the nodes on it: a path may pass a resource at a higher level, and so
 * later, than it is first reached, and each node hangs on its own shortest path. A step always leads to fewer hops.
 */
function pathsOf(reach: ReachResult, node: NodeIndex, known: ReadonlyMap<NodeIndex, NodeIndex>): Drawn {
  const missing: Drawn = { parents: new Map(), edges: [] };
  const add = (wanted: NodeIndex) => {
    if (known.has(wanted) || missing.parents.has(wanted) || reach.distance(wanted) <= 0) return;
    const path = reach.pathTo(wanted) ?? [];
    const last = reach.isForward ? path.at(-1) : path[0];
    if (!last) return;
    missing.parents.set(wanted, reach.isForward ? last.from : last.to);
    for (const { from, to, edge } of path) {
      missing.edges.push(edge);
      add(from);
      add(to);
    }
  };
  add(node);
  return missing;
}

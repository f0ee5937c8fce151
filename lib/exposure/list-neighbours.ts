import type { Actor } from '#lib/authz/actor.ts';
import { findNode } from './find-node.ts';
import type { NeighbourQuery, NeighbourView } from './schema.ts';
import { loadEdgesOf, loadNodes } from './store.ts';
import { toEdgeView, toNodeView } from './view.ts';

/** What stands one edge away: the most used first, at most `limit`, and how many edges there are in all. */
export async function listNeighbours(actor: Actor, query: NeighbourQuery): Promise<NeighbourView> {
  const node = await findNode(actor, query.key);
  // Who calls or can reach an owner's node is theirs to know; what else that caller does is not, so only names are given.
  const { total, edges } = await loadEdgesOf(node.id, query.direction, query.kinds, query.limit);
  const nodes = await loadNodes([...new Set(edges.flatMap((edge) => [edge.from, edge.to]))]);
  return {
    node: toNodeView(node),
    total,
    nodes: [...nodes.values()].map(toNodeView),
    edges: edges.map(toEdgeView),
  };
}

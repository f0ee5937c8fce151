import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { ChokeQuery, ChokeView } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadEdges, loadNodes } from './store.ts';
import { rowOf, toHopView, toNodeView } from './view.ts';

/** The nodes and edges on which most of a blast radius depends alone: "revoking this one edge removes 312 of 340". */
export async function listChokePoints(actor: Actor, query: ChokeQuery): Promise<ChokeView> {
  const start = await findNode(actor, query.key);
  const found = await askEngine({ ask: 'choke', ...scopeOf(query), starts: [start.id], limit: query.limit });
  const [nodes, edges] = await Promise.all([
    loadNodes([...found.nodes.map(({ id }) => id), ...found.edges.flatMap(({ from, to }) => [from, to])]),
    loadEdges(found.edges.map(({ id }) => id)),
  ]);
  return {
    version: found.version,
    reached: found.reached,
    nodes: found.nodes.map(({ id, count, weight }) => ({
      node: toNodeView(rowOf(nodes, id)),
      count,
      weight,
    })),
    edges: found.edges.map(({ id, from, to, count, weight }) => ({
      ...toHopView(rowOf(nodes, from), rowOf(edges, id), rowOf(nodes, to)),
      count,
      weight,
    })),
  };
}

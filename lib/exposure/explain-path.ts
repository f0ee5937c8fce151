import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { PathQuery, PathView } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadEdges, loadNodeByKey, loadNodes } from './store.ts';
import { rowOf, toHopView, toNodeView } from './view.ts';

/**
 * Why one node reaches another: the shortest paths, each hop in a sentence. Who may see the start may see what it
 * reaches, so an owner can ask why their service reaches somebody else's database.
 */
export async function explainPath(actor: Actor, query: PathQuery): Promise<PathView> {
  const from = await findNode(actor, query.from);
  const to = await loadNodeByKey(query.to, { kind: 'all' });
  if (to === null) throw notFound('node');
  const { paths, avoidKinds } = query;
  const found = await askEngine({
    ask: 'path',
    ...scopeOf(query),
    from: [from.id],
    to: [to.id],
    paths,
    avoidKinds,
  });
  if (found.paths.length === 0 && actor.scope.kind !== 'all') throw notFound('node');
  const hops = found.paths.flat();
  const [nodes, edges] = await Promise.all([
    loadNodes(hops.flatMap((hop) => [hop.from, hop.to])),
    loadEdges(hops.map((hop) => hop.edge)),
  ]);
  return {
    version: found.version,
    from: toNodeView(from),
    to: toNodeView(to),
    paths: found.paths.map((path) => ({
      hops: path.map((hop) =>
        toHopView(rowOf(nodes, hop.from), rowOf(edges, hop.edge), rowOf(nodes, hop.to)),
      ),
    })),
  };
}

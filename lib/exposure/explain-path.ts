import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { PathAnswer } from './question.ts';
import type { PathQuery, PathView, WhyQuery } from './schema.ts';
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
  return { from: toNodeView(from), to: toNodeView(to), ...(await describePaths(found)) };
}

/** The path by which the blast radius (or the upstream view) of a node holds the target: the one that is drawn. */
export async function explainReach(actor: Actor, query: WhyQuery): Promise<PathView> {
  const start = await findNode(actor, query.key);
  const target = await loadNodeByKey(query.target, { kind: 'all' });
  if (target === null) throw notFound('node');
  const { direction } = query;
  const asked = { ask: 'why', ...scopeOf(query), starts: [start.id], direction, target: target.id } as const;
  const found = await askEngine(asked);
  if (found.paths.length === 0 && actor.scope.kind !== 'all') throw notFound('node');
  const [from, to] = direction === 'from' ? [start, target] : [target, start];
  return { from: toNodeView(from), to: toNodeView(to), ...(await describePaths(found)) };
}

async function describePaths({ version, paths }: PathAnswer): Promise<Pick<PathView, 'version' | 'paths'>> {
  const hops = paths.flat();
  const [nodes, edges] = await Promise.all([
    loadNodes(hops.flatMap((hop) => [hop.from, hop.to])),
    loadEdges(hops.map((hop) => hop.edge)),
  ]);
  return {
    version,
    paths: paths.map((path) => ({
      hops: path.map((hop) =>
        toHopView(rowOf(nodes, hop.from), rowOf(edges, hop.edge), rowOf(nodes, hop.to)),
      ),
    })),
  };
}

import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import type { MinimumCutQuery, MinimumCutView } from './cut-schema.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import { loadCutHops } from './load-hops.ts';
import { scopeOf } from './scope-of.ts';
import { loadNodeByKey } from './store.ts';
import { toNodeView } from './view.ts';

/**
 * The fewest edges without which a node reaches no crown jewel, or not the target. Who may see the start may see what it
 * reaches; a target that it does not reach is, to who may not see it, not there.
 */
export async function protectTargets(
  actor: Actor,
  query: MinimumCutQuery,
  signal?: AbortSignal,
): Promise<MinimumCutView> {
  const start = await findNode(actor, query.key);
  const target = query.target === undefined ? null : await loadNodeByKey(query.target, { kind: 'all' });
  if (query.target !== undefined && target === null) throw notFound('node');
  const targets = target === null ? [] : [target.id];
  const { uncuttable } = query;
  const { edges, ...found } = await askEngine(
    { ask: 'minimum_cut', ...scopeOf(query), starts: [start.id], targets, uncuttable },
    signal,
  );
  if (found.reached === 0 && query.target !== undefined && actor.scope.kind !== 'all') throw notFound('node');
  const hopOf = await loadCutHops(edges ?? []);
  return { ...found, start: toNodeView(start), hops: edges?.map(hopOf) ?? null };
}

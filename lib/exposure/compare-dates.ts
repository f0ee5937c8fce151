import type { Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { askEngine } from './engine.ts';
import type { CompareAnswer } from './estate-question.ts';
import type { CompareQuery, CompareView } from './estate-schema.ts';
import { findNode } from './find-node.ts';
import { loadHops } from './load-hops.ts';
import { scopeOf } from './scope-of.ts';
import { loadIdsWithin, loadNodes, type NodeRow } from './store.ts';
import { rowOf, toNodeView } from './view.ts';

/**
 * What came and went between two dates, of what the actor may see (edges with one end in it), and what the reach of a node
 * gained and lost. Throws `invalid_input` when the dates are the wrong way round.
 */
export async function compareDates(
  actor: Actor,
  query: CompareQuery,
  signal?: AbortSignal,
): Promise<CompareView> {
  const after = query.after ?? new Date().toISOString();
  const [from, to] = [Date.parse(query.before), Date.parse(after)].map((ms) => Math.floor(ms / 1000));
  if (from === undefined || to === undefined || from >= to)
    throw new AppError('invalid_input', 'The earlier date must lie before the later one.');
  const start = query.key === undefined ? null : await findNode(actor, query.key);
  const { asOf: _, ...scope } = scopeOf(query);
  const within = await loadIdsWithin(actor.scope);
  const { offset, limit } = query;
  const times = { before: from, after: to };
  const starts = start ? [start.id] : [];
  const found = await askEngine(
    { ask: 'compare', ...scope, ...times, starts, within, offset, limit },
    signal,
  );
  const [nodes, hopOf] = await Promise.all([loadNodes(idsOf(found)), loadHops(found.edges.rows)]);
  const viewOf = (id: number) => toNodeView(rowOf(nodes, id));
  return {
    version: found.version,
    before: query.before,
    after,
    nodes: {
      ...found.nodes,
      byKind: found.nodes.byKind.map(([kind, counts]) => ({ kind, ...counts })),
      rows: found.nodes.rows.map(({ id, change }) => ({ node: viewOf(id), change })),
    },
    edges: {
      ...found.edges,
      byKind: found.edges.byKind.map(([kind, counts]) => ({ kind, ...counts })),
      rows: found.edges.rows.map(({ change, ...edge }) => ({ ...hopOf(edge), change })),
    },
    reach: start && found.reach && toReachView(start, found.reach, viewOf),
  };
}

const idsOf = ({ nodes, reach }: CompareAnswer): number[] =>
  [...nodes.rows, ...(reach?.rows ?? [])].map(({ id }) => id);

function toReachView(
  start: NodeRow,
  { rows, ...counts }: NonNullable<CompareAnswer['reach']>,
  viewOf: (id: number) => CompareView['nodes']['rows'][number]['node'],
): CompareView['reach'] {
  return {
    ...counts,
    start: toNodeView(start),
    rows: rows.map(({ id, ...levels }) => ({ node: viewOf(id), ...levels })),
  };
}

import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { ReachAnswer } from './question.ts';
import type { DrawQuery, DrawView, ReachQuery, ReachView } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadEdges, loadNodes, type NodeRow } from './store.ts';
import { rowOf, toEdgeView, toNodeView } from './view.ts';

/** What an attacker who controls the node can reach (`from`), or who can reach it (`into`): totals and one page of rows. */
export async function blastRadius(actor: Actor, query: ReachQuery): Promise<ReachView> {
  const start = await findNode(actor, query.key);
  const { direction, kinds, sensitiveOnly, offset, limit } = query;
  const found = await askEngine({
    ask: 'reach',
    ...scopeOf(query),
    starts: [start.id],
    direction,
    kinds,
    sensitiveOnly,
    offset,
    limit,
  });
  return { ...totals(start, found), matching: found.matching, rows: await describeRows(found) };
}

/** The reach near the start as nodes and the edges that join them, at most `limit` nodes; the totals say what is left out. */
export async function drawBlastRadius(actor: Actor, query: DrawQuery): Promise<DrawView> {
  const start = await findNode(actor, query.key);
  const { direction, limit } = query;
  const page = { kinds: [], sensitiveOnly: false, offset: 0, limit };
  const found = await askEngine({ ask: 'draw', ...scopeOf(query), starts: [start.id], direction, ...page });
  const edges = await loadEdges(found.edges);
  return {
    ...totals(start, found),
    nodes: [{ ...toNodeView(start), hops: 0, level: null }, ...(await describeRows(found))],
    edges: found.edges.map((id) => toEdgeView(rowOf(edges, id))),
  };
}

function totals(start: NodeRow, found: ReachAnswer) {
  return {
    version: found.version,
    start: toNodeView(start),
    reached: found.reached,
    byKind: found.byKind.map(([kind, count]) => ({ kind, count })),
    byHop: found.byHop,
    sensitive: found.sensitive.length,
    truncated: found.truncated,
  };
}

async function describeRows({ rows }: ReachAnswer) {
  const nodes = await loadNodes(rows.map((row) => row.id));
  return rows.map(({ id, hops, level }) => ({ ...toNodeView(rowOf(nodes, id)), hops, level }));
}

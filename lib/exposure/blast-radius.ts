import type { Actor } from '#lib/authz/actor.ts';
import { askEngine } from './engine.ts';
import { findNode } from './find-node.ts';
import type { DrawAnswer, ReachAnswer } from './question.ts';
import type { DrawQuery, DrawView, ReachQuery, ReachView } from './schema.ts';
import { scopeOf } from './scope-of.ts';
import { loadEdges, loadNodes, type NodeRow } from './store.ts';
import { rowOf, toEdgeView, toNodeView } from './view.ts';

/** What an attacker who controls the node can reach (`from`), or who can reach it (`into`): totals and one page of rows. */
export async function blastRadius(actor: Actor, query: ReachQuery): Promise<ReachView> {
  const start = await findNode(actor, query.key);
  const { sort, offset } = query;
  const found = await askEngine({ ask: 'reach', ...askedOf(start, query), sort, offset });
  const nodes = await loadNodes(found.rows.map((row) => row.id));
  return {
    ...totals(start, found),
    rows: found.rows.map((row) => ({ ...row, ...toNodeView(rowOf(nodes, row.id)) })),
  };
}

/** The reach as nodes and the edges of their paths, at most `limit` nodes beside the start; the totals say what is left out. */
export async function drawBlastRadius(actor: Actor, query: DrawQuery): Promise<DrawView> {
  const start = await findNode(actor, query.key);
  const found = await askEngine({ ask: 'draw', ...askedOf(start, query) });
  const [nodes, edges] = await Promise.all([
    loadNodes(found.rows.map((row) => row.id)),
    loadEdges(found.edges),
  ]);
  return {
    ...totals(start, found),
    nodes: [
      {
        ...{ hops: 0, level: null, parent: null, isMatch: true, isExercised: true, isLost: false },
        ...toNodeView(start),
      },
      ...found.rows.map((row) => ({ ...row, ...toNodeView(rowOf(nodes, row.id)) })),
    ],
    edges: found.edges.map((id) => toEdgeView(rowOf(edges, id))),
  };
}

function askedOf(start: NodeRow, query: ReachQuery | DrawQuery) {
  const { direction, kinds, sensitiveOnly, limit } = query;
  const unusedOnly = query.mode === 'unused';
  return { ...scopeOf(query), starts: [start.id], direction, unusedOnly, kinds, sensitiveOnly, limit };
}

function totals(start: NodeRow, found: ReachAnswer | DrawAnswer) {
  const { version, reached, exercised, byHop, sensitive, truncated, hidden, before, matching } = found;
  return {
    ...{ version, reached, exercised, byHop, sensitive, truncated, hidden, before, matching },
    start: toNodeView(start),
    byKind: found.byKind.map(([kind, count]) => ({ kind, count })),
  };
}

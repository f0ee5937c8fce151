import { db } from '#lib/db/client.ts';
import { CLASS_OF, watchedClasses, watchedTable } from '#lib/usage/watched-classes.ts';
import { EDGE_OBSERVABLE, SEEN_TARGETS } from '#lib/usage/watched-grants.ts';
import type { CutUse } from './cut-schema.ts';
import type { HopView } from './schema.ts';
import { loadEdges, loadNodes } from './store.ts';
import { rowOf, toHopView } from './view.ts';

type Ends = { id: number; from: number; to: number };

/** Edges as hops with their sentences, by id. */
export async function loadHops(ends: readonly Ends[]): Promise<(edge: Ends) => HopView> {
  const [nodes, edges] = await Promise.all([
    loadNodes(ends.flatMap(({ from, to }) => [from, to])),
    loadEdges(ends.map(({ id }) => id)),
  ]);
  return ({ id, from, to }) => toHopView(rowOf(nodes, from), rowOf(edges, id), rowOf(nodes, to));
}

/** The same with what logs say of the use of each edge. */
export async function loadCutHops(ends: readonly Ends[]): Promise<(edge: Ends) => HopView & { use: CutUse }> {
  const [hopOf, uses] = await Promise.all([loadHops(ends), loadUses(ends.map(({ id }) => id))]);
  return (edge) => ({ ...hopOf(edge), use: uses.get(edge.id) ?? 'unobservable' });
}

async function loadUses(ids: readonly number[]): Promise<Map<number, CutUse>> {
  if (ids.length === 0) return new Map();
  const watched = watchedTable(await watchedClasses());
  const rows = await db().$queryRaw<{ id: number; use: CutUse }[]>`
    WITH ${watched}, ${SEEN_TARGETS}
    SELECT e.id, (CASE WHEN e.last_exercised IS NOT NULL THEN 'used' WHEN ${EDGE_OBSERVABLE} THEN 'unused'
      ELSE 'unobservable' END) AS use
    FROM edge e JOIN node n ON n.id = e.to_id LEFT JOIN watched w ON w.name = ${CLASS_OF}
    LEFT JOIN seen_target st ON st.name = ${CLASS_OF} WHERE e.id = ANY(${[...ids]})`;
  return new Map(rows.map(({ id, use }) => [id, use]));
}

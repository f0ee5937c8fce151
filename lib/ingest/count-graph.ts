import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { pool } from '#lib/db/client.ts';
import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';

export type GraphCounts = {
  /** Live nodes and edges by kind; kinds that do not occur are left out. */
  nodes: Record<string, number>;
  edges: Record<string, number>;
  events: number;
  /** Live identities that are not people and have no accepted owner. */
  unowned: number;
};

/** How much there is. */
export async function countGraph(actor: Actor): Promise<GraphCounts> {
  assertMay(actor, 'inventory.read');
  const [nodes, edges, rest] = await Promise.all([
    byKind(
      'SELECT kind::text AS kind, count(*) AS count FROM node WHERE valid_to IS NULL GROUP BY kind ORDER BY kind',
    ),
    byKind(
      'SELECT kind::text AS kind, count(*) AS count FROM edge WHERE valid_to IS NULL GROUP BY kind ORDER BY kind',
    ),
    pool().query<{ events: string; unowned: string }>(
      `SELECT (SELECT count(*) FROM event) AS events,
         (SELECT count(*) FROM node WHERE valid_to IS NULL AND owner_id IS NULL AND kind::text = ANY($1) AND NOT managed) AS unowned`,
      [NON_HUMAN_KINDS],
    ),
  ]);
  const [row] = rest.rows;
  return { nodes, edges, events: Number(row?.events ?? 0), unowned: Number(row?.unowned ?? 0) };
}

async function byKind(sql: string): Promise<Record<string, number>> {
  const { rows } = await pool().query<{ kind: string; count: string }>(sql);
  return Object.fromEntries(rows.map((row) => [row.kind, Number(row.count)]));
}

import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { CLASS_OF, watchedClasses, watchedTable } from '#lib/usage/watched-classes.ts';
import { LAST_USED, LIFETIME, nodeConditions, USE_STATE } from './node-conditions.ts';
import type { ListNodesQuery, NodeListRow, NodePage, NodeSort } from './schema.ts';

/** Most rows of one CSV file. */
export const CSV_ROWS_MAX = 100_000;

const SORT_COLUMNS: Record<NodeSort, Prisma.Sql> = {
  name: Prisma.sql`lower(n.name)`,
  kind: Prisma.sql`n.kind`,
  type: Prisma.sql`n.type`,
  provider: Prisma.sql`n.provider`,
  tenant: Prisma.sql`n.tenant`,
  environment: Prisma.sql`n.environment`,
  zone: Prisma.sql`n.zone`,
  sensitivity: Prisma.sql`n.sensitivity`,
  owner: Prisma.sql`(SELECT lower(o.name) FROM node o WHERE o.id = n.owner_id)`,
  lastUsed: LAST_USED,
  createdAt: Prisma.sql`n.created_at`,
  rotatedAt: Prisma.sql`n.rotated_at`,
  expiresAt: Prisma.sql`n.expires_at`,
  attestedUntil: Prisma.sql`n.attested_until`,
};

type Row = Omit<NodeListRow, 'lastUsed' | 'createdAt' | 'rotatedAt' | 'expiresAt' | 'attestedUntil'> &
  Record<'lastUsed' | 'createdAt' | 'rotatedAt' | 'expiresAt' | 'attestedUntil', Date | null>;

/** One page of a tab of the inventory, or every counted row for a CSV; an owner sees what their teams own. */
export async function listNodes(actor: Actor, query: ListNodesQuery): Promise<NodePage> {
  assertMay(actor, 'inventory.read');
  const classes = await watchedClasses();
  const where = nodeConditions(query, actor.scope);
  const needsUse = query.use.length > 0;
  const joined = needsUse ? Prisma.sql`LEFT JOIN watched w ON w.name = ${CLASS_OF}` : Prisma.empty;
  const order = orderBy(SORT_COLUMNS[query.sort.column], query.sort.descending);
  const [limit, offset] =
    query.format === 'csv' ? [CSV_ROWS_MAX, 0] : [query.size, (query.page - 1) * query.size];
  const [counted, rows] = await Promise.all([
    db().$queryRaw<{ total: number }[]>`
      WITH ${watchedTable(needsUse ? classes : [])} SELECT count(*)::int AS total FROM node n ${joined} WHERE ${where}`,
    db().$queryRaw<Row[]>`
      WITH ${watchedTable(classes)},
      page AS (SELECT n.id, row_number() OVER (ORDER BY ${order}) AS place FROM node n ${joined} WHERE ${where}
        ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})
      SELECT n.id, n.key, n.name, n.kind::text AS kind, n.type, n.standing::text AS standing, n.provider, n.tenant, n.environment,
        n.zone, n.sensitivity::text AS sensitivity, o.name AS owner, o.key AS "ownerKey", n.managed, ${USE_STATE} AS use,
        ${LAST_USED} AS "lastUsed", ${LIFETIME} AS lifetime, n.created_at AS "createdAt", n.rotated_at AS "rotatedAt",
        n.expires_at AS "expiresAt", n.attested_until AS "attestedUntil", n.valid_to IS NOT NULL AS ended,
        (SELECT count(*)::int FROM finding f WHERE f.node_id = n.id AND f.state = 'open') AS findings
      FROM page p JOIN node n ON n.id = p.id LEFT JOIN node o ON o.id = n.owner_id LEFT JOIN watched w ON w.name = ${CLASS_OF}
      ORDER BY p.place`,
  ]);
  return { total: counted[0]?.total ?? 0, rows: rows.map(toRow) };
}

/** Known values before unknown ones, and ties always in the same order. */
export function orderBy(column: Prisma.Sql, descending: boolean): Prisma.Sql {
  return descending ? Prisma.sql`${column} DESC NULLS LAST, n.id` : Prisma.sql`${column} NULLS LAST, n.id`;
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const toRow = (row: Row): NodeListRow => ({
  ...row,
  lastUsed: iso(row.lastUsed),
  createdAt: iso(row.createdAt),
  rotatedAt: iso(row.rotatedAt),
  expiresAt: iso(row.expiresAt),
  attestedUntil: iso(row.attestedUntil),
});

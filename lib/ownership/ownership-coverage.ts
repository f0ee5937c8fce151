import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import type { OwnershipCoverage } from './schema.ts';
import { OWNABLE, visibleNodes } from './store.ts';
import { VIEWS } from './views.ts';

/** How much has an owner, of what the actor may see. */
export async function getOwnershipCoverage(actor: Actor): Promise<OwnershipCoverage> {
  assertMay(actor, 'ownership.read');
  const rows = await db().$queryRaw<
    (Counts & { kind: string; environment: string | null; expiring: number })[]
  >`
    SELECT n.kind::text AS kind, n.environment, count(*)::int AS total, count(n.owner_id)::int AS owned,
      count(*) FILTER (WHERE ${VIEWS.suggested})::int AS suggested,
      count(*) FILTER (WHERE ${VIEWS.disputed})::int AS disputed,
      count(*) FILTER (WHERE ${VIEWS.expiring})::int AS expiring
    FROM node n WHERE ${OWNABLE} AND ${visibleNodes(actor)}
    GROUP BY n.kind, n.environment`;
  return {
    ...sum(rows),
    expiringSoon: rows.reduce((n, row) => n + row.expiring, 0),
    byKind: groupCounts(rows, (row) => row.kind),
    byEnvironment: groupCounts(rows, (row) => row.environment ?? 'unknown'),
  };
}

type Counts = { total: number; owned: number; suggested: number; disputed: number };

const sum = (rows: readonly Counts[]): Counts => ({
  total: rows.reduce((n, row) => n + row.total, 0),
  owned: rows.reduce((n, row) => n + row.owned, 0),
  suggested: rows.reduce((n, row) => n + row.suggested, 0),
  disputed: rows.reduce((n, row) => n + row.disputed, 0),
});

function groupCounts<R extends Counts>(rows: readonly R[], nameOf: (row: R) => string) {
  return [...Map.groupBy(rows, nameOf)]
    .map(([name, group]) => ({ name, ...sum(group) }))
    .sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
}

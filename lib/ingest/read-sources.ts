import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { db, inTransaction, pool } from '#lib/db/client.ts';
import type { RunState } from '#lib/db/generated/enums.ts';
import { formatTitle } from './read-runs.ts';
import { joinSpans } from './join-spans.ts';
import type { SourceDetail, SourcesQuery, SourceView } from './view-schema.ts';

type Row = {
  id: string;
  name: string;
  format: string | null;
  ownershipAuthoritative: boolean;
  createdAt: Date;
  freshAt: Date | null;
  lastRun: { run: string; state: RunState; startedAt: string; rejected: number } | null;
  nodes: string;
  edges: string;
  events: string;
  rejected: string;
};

/** Columns that a list may be sorted by, as they stand in SQL: never text from outside. */
const SORTS = {
  name: 'lower(s.name)',
  freshAt: '"freshAt"',
  nodes: 'nodes',
  edges: 'edges',
  events: 'events',
  rejected: 'rejected',
} as const;

const COLUMNS = `s.id, s.name, s.format, s.ownership_authoritative AS "ownershipAuthoritative", s.created_at AS "createdAt",
  (SELECT max(finished_at) FROM run r WHERE r.source_id = s.id AND r.state IN ('done', 'unchanged') AND NOT r.dry_run) AS "freshAt",
  (SELECT json_build_object('run', r.public_id, 'state', r.state, 'startedAt', to_char(r.started_at AT TIME ZONE 'UTC',
     'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'rejected', r.rejected)
   FROM run r WHERE r.source_id = s.id ORDER BY r.started_at DESC, r.id DESC LIMIT 1) AS "lastRun",
  (SELECT count(DISTINCT f.node_id) FROM node_fact f WHERE f.source_id = s.id AND f.valid_to IS NULL) AS nodes,
  (SELECT count(*) FROM edge e WHERE e.source_id = s.id AND e.valid_to IS NULL AND e.derived_from IS NULL) AS edges,
  (SELECT coalesce(sum(u.allowed + u.denied + u.failed), 0) FROM usage_day u WHERE u.source_id = s.id) AS events,
  (SELECT count(*) FROM rejection j JOIN run r ON r.id = j.run_id
   WHERE r.source_id = s.id AND j.replayed IS NULL AND r.state IN ('done', 'unchanged', 'refused') AND NOT r.dry_run) AS rejected`;

export async function listSources(
  actor: Actor,
  query: SourcesQuery,
): Promise<{ rows: SourceView[]; total: number }> {
  assertMay(actor, 'source.read');
  const values = [actor.sourceIds, `%${query.q.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`];
  const where = '($1::text[] IS NULL OR s.id = ANY($1)) AND lower(s.name) LIKE $2';
  const direction = query.sort.isDescending ? 'DESC NULLS LAST' : 'ASC NULLS FIRST';
  const [rows, total] = await Promise.all([
    pool().query<Row>(
      `SELECT ${COLUMNS} FROM source s WHERE ${where} ORDER BY ${SORTS[query.sort.column]} ${direction}, s.id
       LIMIT $3 OFFSET $4`,
      [...values, query.size, (query.page - 1) * query.size],
    ),
    pool().query<{ count: string }>(`SELECT count(*) FROM source s WHERE ${where}`, values),
  ]);
  return { rows: rows.rows.map(viewOf), total: Number(total.rows[0]?.count ?? 0) };
}

export async function readSource(actor: Actor, id: string): Promise<SourceDetail> {
  assertMay(actor, 'source.read');
  const found = await pool().query<Row>(
    `SELECT ${COLUMNS} FROM source s WHERE s.id = $1 AND ($2::text[] IS NULL OR s.id = ANY($2))`,
    [id, actor.sourceIds],
  );
  const [row] = found.rows;
  if (!row) throw notFound('source');
  const [scopes, windows] = await Promise.all([
    db().sourceScope.findMany({ where: { sourceId: id }, orderBy: { scope: 'asc' }, take: 1000 }),
    db().observationWindow.findMany({
      where: { sourceId: id },
      orderBy: [{ scope: 'asc' }, { fromTime: 'asc' }],
    }),
  ]);
  const byScope = Map.groupBy(windows, (window) => window.scope);
  return {
    ...viewOf(row),
    scopes: scopes.map(({ scope, lastCompleteAt }) => ({
      scope,
      lastCompleteAt: lastCompleteAt?.toISOString() ?? null,
    })),
    windows: [...byScope].map(([scope, of]) => ({
      scope,
      ...joinSpans(of.map(({ fromTime, toTime }) => ({ from: fromTime, to: toTime }))),
    })),
  };
}

/** Whether the source's ownership claims are the organisation's own record and are accepted without asking. */
export async function changeSource(
  actor: Actor,
  id: string,
  change: { ownershipAuthoritative: boolean },
): Promise<SourceDetail> {
  assertMay(actor, 'source.manage');
  await inTransaction(async (tx) => {
    const before = await tx.source.findUnique({ where: { id } });
    if (!before) throw notFound('source');
    await tx.source.update({ where: { id }, data: change });
    await record(tx, actor, {
      action: 'source.change',
      subject: `source:${id}`,
      before: { ownershipAuthoritative: before.ownershipAuthoritative },
      after: change,
    });
  });
  return readSource(actor, id);
}

function viewOf(row: Row): SourceView {
  return {
    ...row,
    formatTitle: row.format === null ? null : formatTitle(row.format),
    createdAt: row.createdAt.toISOString(),
    freshAt: row.freshAt?.toISOString() ?? null,
    ...{ nodes: Number(row.nodes), edges: Number(row.edges) },
    ...{ events: Number(row.events), rejected: Number(row.rejected) },
  };
}

import type { Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';

/** Whether the inventories still contain what a revocation removes. */
export type Presence = {
  /** Sources' words that still hold. */
  live: number;
  /** No word holds, and every scope that gave one was read completely from an input that was true after the execution. */
  gone: boolean;
  /** This run read one of those scopes, from an input that was true after the execution. */
  readByThisRun: boolean;
  source: string | null;
  runPublicId: string;
};

type Row = Presence & { id: string };

/**
 * Looks at what the inventories say of each revoked thing. Logs do not count: they mention what is long gone. A
 * permission is the same one while both ends, kind and qualifier are, whichever source says so.
 */
export async function loadPresence(
  tx: Tx,
  revocations: readonly Revocation[],
  runId: number,
): Promise<Map<string, Presence>> {
  const rows = await tx.$queryRaw<Row[]>`
    WITH revoked AS (
      SELECT r.id, r.node_id, r.edge_id, coalesce(r.executed_at, r.approved_at) AS since, r.requested_at
      FROM revocation r WHERE r.id = ANY(${revocations.map((row) => row.id)}::text[])
    ), word AS (
      SELECT r.id, r.since, f.source_id, f.scope_id, f.valid_to FROM revoked r
      JOIN node_fact f ON f.node_id = r.node_id AND f.standing = 'inventory'
      WHERE r.edge_id IS NULL AND (f.valid_to IS NULL OR EXISTS (
        SELECT 1 FROM run WHERE run.id = f.run_to AND run.started_at >= r.requested_at))
      UNION ALL
      SELECT r.id, r.since, e.source_id, e.scope_id, e.valid_to FROM revoked r
      JOIN edge was ON was.id = r.edge_id
      JOIN edge e ON e.from_id = was.from_id AND e.to_id = was.to_id AND e.kind = was.kind AND e.qualifier = was.qualifier
      WHERE e.valid_to IS NULL OR EXISTS (
        SELECT 1 FROM run WHERE run.id = e.run_to AND run.started_at >= r.requested_at)
    ), scope_read AS (
      SELECT word.*, run.as_of >= word.since AS after, s.last_complete_run_id = ${runId} AS by_this
      FROM word LEFT JOIN source_scope s ON s.id = word.scope_id
      LEFT JOIN run ON run.id = s.last_complete_run_id
    )
    SELECT scope_read.id, count(*) FILTER (WHERE valid_to IS NULL)::int AS live,
      (count(*) FILTER (WHERE valid_to IS NULL) = 0 AND bool_and(coalesce(after, scope_id IS NULL))
        AND bool_or(coalesce(after, false))) AS gone,
      coalesce(bool_or(by_this AND after), false) AS "readByThisRun",
      min(source.name) FILTER (WHERE valid_to IS NULL) AS source,
      (SELECT public_id FROM run WHERE id = ${runId}) AS "runPublicId"
    FROM scope_read JOIN source ON source.id = scope_read.source_id
    GROUP BY scope_read.id`;
  return new Map(rows.map(({ id, ...presence }) => [id, presence]));
}

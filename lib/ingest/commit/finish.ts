import type { CommitResult } from '../commit-run.ts';
import { rowsOf, staged, touch, type Commit } from './context.ts';

/** Writes the rejected records and the result on the run. */
export async function closeRun(commit: Commit, { state, counts, message }: CommitResult): Promise<void> {
  await touch(
    commit,
    `INSERT INTO rejection (run_id, file, number, reason, excerpt)
     SELECT $1, f.name, r.number, r.reason, r.excerpt FROM ${staged(commit, 'reject')} r
     JOIN ${staged(commit, 'file')} f ON f.ordinal = r.file ORDER BY r.file, r.number`,
    [commit.runId],
  );
  const unknown = await rowsOf<{ what: string; count: number }>(
    commit,
    `SELECT what, sum(count)::int AS count FROM ${staged(commit, 'unknown')} GROUP BY what ORDER BY count DESC, what LIMIT 1000`,
  );
  const scopes = await rowsOf<{ scope: string; complete: boolean }>(
    commit,
    'SELECT scope, complete FROM run_scope ORDER BY scope LIMIT 1000',
  );
  const { records, accepted, duplicate, rejected, ...changes } = counts;
  await touch(
    commit,
    `UPDATE run SET state = $2::run_state, records = $3, accepted = $4, duplicate = $5, rejected = $6, summary = $7, message = $8,
       finished_at = CASE WHEN $2::run_state = 'needs_confirmation' THEN NULL ELSE now() END, bytes_read = greatest(bytes_read, bytes_total)
     WHERE id = $1`,
    [
      ...[commit.runId, state, records, accepted, duplicate, rejected],
      ...[JSON.stringify({ ...changes, unknown, scopes }), message],
    ],
  );
}

/** Raises the version that every answer of the graph engine names, and tells those who hold a snapshot. */
export async function raiseGraphVersion(commit: Pick<Commit, 'client' | 'runId'>): Promise<void> {
  await commit.client.query(
    `WITH raised AS (
       UPDATE setting SET value = jsonb_set(value, '{version}', to_jsonb((value->>'version')::int + 1)), updated_at = now()
       WHERE name = 'graph' RETURNING (value->>'version')::int AS version)
     SELECT pg_notify('graph_changed', json_build_object('version', version, 'run', $1::int)::text) FROM raised`,
    [commit.runId],
  );
}

type Report = { run: string | null; files: string | null; rejections: string | null };

/** What a run that takes no effect shows the person: read before the rollback, written after it. */
export async function keepReport(commit: Commit): Promise<Report> {
  const [report] = await rowsOf<Report>(
    commit,
    `SELECT (SELECT row_to_json(r)::text FROM run r WHERE id = $1) AS run,
       (SELECT json_agg(f)::text FROM run_file f WHERE run_id = $1) AS files,
       (SELECT json_agg(r)::text FROM rejection r WHERE run_id = $1) AS rejections`,
    [commit.runId],
  );
  if (!report) throw new Error('The run has vanished.');
  return report;
}

export async function restoreReport(commit: Commit, report: Report): Promise<void> {
  await touch(
    commit,
    `UPDATE run SET state = r.state, records = r.records, accepted = r.accepted, duplicate = r.duplicate,
       rejected = r.rejected, summary = r.summary, message = r.message, finished_at = r.finished_at, bytes_read = r.bytes_read
     FROM json_populate_record(NULL::run, $2::json) r WHERE run.id = $1`,
    [commit.runId, report.run],
  );
  await touch(commit, 'DELETE FROM run_file WHERE run_id = $1', [commit.runId]);
  await touch(commit, 'DELETE FROM rejection WHERE run_id = $1', [commit.runId]);
  await touch(
    commit,
    `INSERT INTO run_file SELECT * FROM json_populate_recordset(NULL::run_file, coalesce($1, '[]')::json)`,
    [report.files],
  );
  await touch(
    commit,
    `INSERT INTO rejection SELECT * FROM json_populate_recordset(NULL::rejection, coalesce($1, '[]')::json)`,
    [report.rejections],
  );
}

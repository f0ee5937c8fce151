import { existsSync } from 'node:fs';
import { pool } from '#lib/db/client.ts';
import { takeLease } from './run-lease.ts';
import { dropStage } from './stage-tables.ts';
import { uploadFolder } from './upload-folder.ts';

/** A run that began this long ago has its lease, if somebody works on it. */
const SETTLED_S = 15;
/** Staged content that waits for a person is kept for this long. */
const WAIT_DAYS = 7;

/**
 * Puts away what killed processes left: a run on which nobody works is queued again where its upload is still there, else
 * refused; staging tables of runs that are over go. Returns the public ids of the runs to queue.
 */
export async function sweepRuns(): Promise<string[]> {
  const unfinished = await pool().query<{ id: number; publicId: string; upload: string | null }>(
    `SELECT id, public_id AS "publicId", options->>'upload' AS upload FROM run
     WHERE state IN ('reading', 'checking', 'committing') AND started_at < now() - make_interval(secs => $1)`,
    [SETTLED_S],
  );
  const again: string[] = [];
  for (const run of unfinished.rows) {
    const lease = await takeLease(run.id);
    if (lease === null) continue;
    try {
      if (await putAway(run)) again.push(run.publicId);
    } finally {
      await lease.release();
    }
  }
  await expireWaiting();
  await dropOrphans();
  return again;
}

async function putAway(run: { id: number; upload: string | null }): Promise<boolean> {
  const canResume = run.upload !== null && existsSync(uploadFolder(run.upload));
  await pool().query(
    `UPDATE run SET state = $2::run_state, message = $3, finished_at = CASE WHEN $2 = 'refused' THEN now() END,
       bytes_read = 0, records = 0
     WHERE id = $1 AND state IN ('reading', 'checking', 'committing')`,
    canResume
      ? [run.id, 'queued', null]
      : [run.id, 'refused', 'The import was interrupted. Nothing was imported. Import it again.'],
  );
  await dropStage(pool(), run.id);
  return canResume;
}

async function expireWaiting(): Promise<void> {
  await pool().query(
    `UPDATE run SET state = 'cancelled', finished_at = now(), message = 'Nobody confirmed it in time. Nothing was imported.'
     WHERE state = 'needs_confirmation' AND started_at < now() - make_interval(days => $1)`,
    [WAIT_DAYS],
  );
}

/** Staging tables whose run is neither under way nor waiting for a person. */
async function dropOrphans(): Promise<void> {
  const found = await pool().query<{ id: number }>(
    `SELECT substring(c.relname FROM 6)::int AS id FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'ingest_stage' AND c.relname ~ '^file_\\d+$' AND NOT EXISTS (
       SELECT FROM run r WHERE r.id = substring(c.relname FROM 6)::int
         AND (r.state IN ('reading', 'checking', 'committing', 'needs_confirmation')
           OR (r.dry_run AND r.state IN ('done', 'unchanged') AND r.started_at > now() - make_interval(days => $1))))`,
    [WAIT_DAYS],
  );
  for (const { id } of found.rows) await dropStage(pool(), id);
}

import { pool } from '#lib/db/client.ts';

/** Whether the source ever took a file of this size: asked before the file is read to know its digest. */
export async function mayBeKnown(sourceId: string, bytes: number): Promise<boolean> {
  const found = await pool().query(
    `SELECT 1 FROM run_file f JOIN run r ON r.id = f.run_id
     WHERE r.source_id = $1 AND f.bytes = $2 AND r.state IN ('done', 'unchanged') AND NOT r.dry_run LIMIT 1`,
    [sourceId, bytes],
  );
  return found.rowCount === 1;
}

/** The file of these bytes that the source took in a run that still holds. */
export async function findKnownFile(
  sourceId: string,
  format: string,
  sha256: Buffer,
): Promise<{ id: string; records: number; rejected: number } | null> {
  const found = await pool().query<{ id: string; records: string; rejected: string }>(
    `SELECT f.id, f.records, f.rejected FROM run_file f JOIN run r ON r.id = f.run_id
     WHERE r.source_id = $1 AND f.sha256 = $2 AND f.format = $3 AND f.problem IS NULL
       AND r.state IN ('done', 'unchanged') AND NOT r.dry_run
     ORDER BY f.id LIMIT 1`,
    [sourceId, sha256, format],
  );
  const [row] = found.rows;
  return row ? { id: row.id, records: Number(row.records), rejected: Number(row.rejected) } : null;
}

/** The rejected records that were kept of a file that the source took before. */
export async function rejectionsOf(
  runFileId: string,
): Promise<{ number: string; reason: string; excerpt: string }[]> {
  const found = await pool().query<{ number: string; reason: string; excerpt: string }>(
    `SELECT j.number, j.reason, j.excerpt FROM run_file f JOIN rejection j ON j.run_id = f.run_id AND j.file = f.name
     WHERE f.id = $1 AND f.rejected > 0 ORDER BY j.id`,
    [runFileId],
  );
  return found.rows;
}

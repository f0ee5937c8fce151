import { LOCKS } from '#lib/db/locks.ts';
import type pg from 'pg';

/**
 * Makes the monthly partitions of `event` that hold the given months (first days, UTC). Each is built beside the table and
 * then attached, which readers and writers of other months do not wait for; so this runs before the commit, not in it.
 */
export async function ensurePartitions(client: pg.ClientBase, months: readonly string[]): Promise<void> {
  if (months.length === 0) return;
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.eventPartitions]);
    for (const month of months) await ensurePartition(client, month);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Name of the partition of a month given as `YYYY-MM-01`. */
export const partitionName = (month: string): string => `event_${month.slice(0, 7).replace('-', '_')}`;

async function ensurePartition(client: pg.ClientBase, month: string): Promise<void> {
  if (!/^\d{4}-\d\d-01$/.test(month)) throw new Error('A month is written as YYYY-MM-01.');
  const name = partitionName(month);
  const found = await client.query<{ name: string | null }>('SELECT to_regclass($1)::text AS name', [name]);
  if (found.rows[0]?.name != null) return;
  await client.query(`CREATE TABLE ${name} (LIKE event INCLUDING DEFAULTS INCLUDING CONSTRAINTS)`);
  await client.query(
    `ALTER TABLE event ATTACH PARTITION ${name}
     FOR VALUES FROM ('${month} 00:00:00+00') TO (('${month}'::timestamp + interval '1 month') AT TIME ZONE 'UTC')`,
  );
}

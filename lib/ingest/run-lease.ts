import pg from 'pg';
import { databaseUrl } from '#lib/db/connection.ts';

/** First key of the advisory lock that a process holds on each run it works on; the second is the run's number. */
export const RUN_LEASE = 4_209_005;

/**
 * Takes the lease on a run over a connection of its own; null when another process holds it. The database gives it back
 * the moment the process dies, so a lease that can be had means that nobody works on the run.
 */
export async function takeLease(runId: number): Promise<{ release: () => Promise<void> } | null> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  client.on('error', () => undefined);
  await client.connect();
  const found = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
    RUN_LEASE,
    runId,
  ]);
  if (found.rows[0]?.taken === true) return { release: () => client.end() };
  await client.end();
  return null;
}

import { LOCKS } from '#lib/db/locks.ts';
import pg from 'pg';
import { databaseUrl } from '#lib/db/connection.ts';

/**
 * Takes the lease on a run over a connection of its own; null when another process holds it. The database gives it back
 * the moment the process dies, so a lease that can be had means that nobody works on the run.
 */
export async function takeLease(runId: number): Promise<{ release: () => Promise<void> } | null> {
  const client = new pg.Client({ connectionString: databaseUrl() });
  client.on('error', () => undefined);
  await client.connect();
  const found = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
    LOCKS.runLease,
    runId,
  ]);
  if (found.rows[0]?.taken === true) return { release: () => client.end() };
  await client.end();
  return null;
}

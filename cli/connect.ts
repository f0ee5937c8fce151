import pg from 'pg';
import { disconnect } from '#lib/db/client.ts';
import { startEmbedded, type Embedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { env } from '#lib/env.ts';

let embedded: Embedded | null = null;

/** Makes sure that the database is up and migrated, starting the embedded one when it must; every command begins with it. */
export async function connect(): Promise<{ url: string; migrated: string[] }> {
  const given = env().DATABASE_URL;
  if (given === undefined) embedded = await startEmbedded();
  const url = given ?? embedded?.url ?? '';
  return { url, migrated: await migrate(url) };
}

/** Ends the connections of this process, and the embedded database when this process started it and nobody else uses it. */
export async function disconnectAll(): Promise<void> {
  await disconnect();
  if (embedded?.startedHere && !(await othersConnected(embedded.url))) await embedded.stop();
  embedded = null;
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  await client.end();
  return (rows[0]?.n ?? 0) > 0;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';

/** What reads alone write: the audit log, limits, the time of a session's last request. */
const WRITTEN_BY_READS: ReadonlySet<string> = new Set(['audit_event', 'audit_checkpoint', 'rate_count']);

/** A connection to the database of the installation under test, past everything that the product checks. */
export async function openDatabase(): Promise<pg.Client> {
  const home = process.env['E2E_HOME'];
  if (home === undefined) throw new Error('E2E_HOME is not set: Bailiwick was not started.');
  const { port, password } = JSON.parse(readFileSync(path.join(home, 'postgres.json'), 'utf8')) as {
    port: number;
    password: string;
  };
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'bailiwick',
    password,
    database: 'bailiwick',
  });
  await client.connect();
  return client;
}

/** Rows of every table but those that reads write too, as `table: rows`. */
export async function countRows(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT quote_ident(relname) AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  const counted: string[] = [];
  for (const { name } of rows) {
    if (WRITTEN_BY_READS.has(name)) continue;
    const { rows: found } = await client.query<{ n: string }>(`SELECT count(*) AS n FROM ${name}`);
    counted.push(`${name}: ${found[0]?.n ?? '?'}`);
  }
  return counted;
}

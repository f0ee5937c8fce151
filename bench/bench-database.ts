import { createReadStream, createWriteStream, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { startEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { exportToEnvironment } from '#lib/env.ts';

const TEMPLATE = 'bench_template';

/** An embedded PostgreSQL of the benchmark's own, with databases made for one measurement each. */
export class BenchServer {
  readonly folder: string;
  readonly #url: string;
  readonly #stop: () => Promise<void>;
  #made = 0;

  private constructor(folder: string, url: string, stop: () => Promise<void>) {
    this.folder = folder;
    this.#url = url;
    this.#stop = stop;
  }

  static async start(): Promise<BenchServer> {
    const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
    exportToEnvironment({ BAILIWICK_HOME: path.join(folder, 'home'), DATABASE_URL: '' });
    const { url, stop } = await startEmbedded();
    const server = new BenchServer(folder, url, stop);
    await query(url, `CREATE DATABASE ${TEMPLATE}`);
    await migrate(server.#urlOf(TEMPLATE));
    return server;
  }

  async stop(): Promise<void> {
    await this.#stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Gives the work a migrated, empty database, which this process and those it starts then use. */
  async withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
    const name = `bench_${++this.#made}`;
    await query(this.#url, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    const url = this.#urlOf(name);
    exportToEnvironment({ DATABASE_URL: url });
    try {
      await query(this.#url, 'CHECKPOINT');
      return await work(url);
    } finally {
      await query(this.#url, `DROP DATABASE ${name} WITH (FORCE)`);
    }
  }

  #urlOf(name: string): string {
    const changed = new URL(this.#url);
    changed.pathname = `/${name}`;
    return changed.toString();
  }
}

export async function query<R extends pg.QueryResultRow>(url: string, sql: string): Promise<R[]> {
  return withClient(url, async (client) => (await client.query<R>(sql)).rows);
}

export const countRows = async (url: string, from: string): Promise<number> =>
  Number((await query<{ count: string }>(url, `SELECT count(*) FROM ${from}`))[0]?.count);

/** Writes a table's rows as COPY text: columns that are ready to be loaded. */
export function copyOut(url: string, select: string, file: string): Promise<void> {
  return withClient(url, (client) =>
    pipeline(client.query(copyTo(`COPY (${select}) TO STDOUT`)), createWriteStream(file)),
  );
}

/** Loads ready columns in one transaction, as `psql \copy` does. Returns milliseconds. */
export function copyIn(url: string, loads: readonly { into: string; file: string }[]): Promise<number> {
  return withClient(url, async (client) => {
    const start = performance.now();
    await client.query('BEGIN');
    for (const { into, file } of loads)
      await pipeline(
        createReadStream(file, { highWaterMark: 1 << 20 }),
        client.query(copyFrom(`COPY ${into} FROM STDIN`)),
      );
    await client.query('COMMIT');
    return performance.now() - start;
  });
}

export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

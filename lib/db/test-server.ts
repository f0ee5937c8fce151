import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Server on which test files make their own databases, and the migrated database that they are copies of. */
    testServer: { url: string; template: string };
  }
}

/** Starts one PostgreSQL for all database tests (or takes TEST_DATABASE_URL) and migrates a template once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL'];
  const home = mkdtempSync(path.join(tmpdir(), 'bailiwick-test-'));
  process.env['BAILIWICK_HOME'] = home;
  const server = given === undefined ? await startEmbedded() : { url: given, stop: () => Promise.resolve() };
  const template = `bailiwick_template_${process.pid}`;
  await query(server.url, `CREATE DATABASE ${template}`);
  await migrate(withDatabase(server.url, template));
  project.provide('testServer', { url: server.url, template });
  return async () => {
    await query(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

export async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

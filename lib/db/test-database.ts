import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { disconnect } from './client.ts';
import { query, withDatabase } from './test-server.ts';

/** Gives the calling test file a migrated database of its own; call it at the top of the file. */
export function useTestDatabase(): void {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const { url, template } = inject('testServer');
  beforeAll(async () => {
    await query(url, `CREATE DATABASE ${name} TEMPLATE ${template}`);
    exportToEnvironment({
      DATABASE_URL: withDatabase(url, name),
      BAILIWICK_SECRET: 'dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHkh',
    });
  });
  afterAll(async () => {
    await disconnect();
    await query(url, `DROP DATABASE ${name} WITH (FORCE)`);
  });
}

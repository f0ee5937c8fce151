import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pool } from '#lib/db/client.ts';

/**
 * The anchor: the rows that an import left in these tables, taken out first, are copied into tables of the same columns
 * and primary key and nothing else, as `psql \copy` would.
 */
export async function copyAgain(tables: readonly string[]): Promise<{ ms: number; rows: number }> {
  const client = await pool().connect();
  try {
    let ms = 0;
    let rows = 0;
    for (const table of tables) {
      const parts: Buffer[] = [];
      const out = client.query(copyTo(`COPY (SELECT * FROM ${table}) TO STDOUT`));
      for await (const chunk of out as AsyncIterable<Buffer>) parts.push(chunk);
      await client.query(`DROP TABLE IF EXISTS bare_${table}; CREATE TABLE bare_${table} (LIKE ${table})`);
      const key = table === 'event' ? 'time, event_key' : 'id';
      await client.query(`ALTER TABLE bare_${table} ADD PRIMARY KEY (${key})`);
      const start = performance.now();
      const copy = client.query(copyFrom(`COPY bare_${table} FROM STDIN`));
      await pipeline(Readable.from(parts, { objectMode: false }), copy);
      ms += performance.now() - start;
      rows += copy.rowCount;
    }
    return { ms, rows };
  } finally {
    client.release();
  }
}

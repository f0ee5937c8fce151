import { describe, expect, it } from 'vitest';
import { systemActor } from '#lib/authz/actor.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { CHAIN_START, record } from './record.ts';

useTestDatabase();
const actor = systemActor('cli', 'Command line');

describe('record', () => {
  it('chains rows in commit order also when many are written at once', async () => {
    const write = (n: number) =>
      inTransaction((tx) => record(tx, actor, { action: 'test.write', subject: `n:${n}`, after: { n } }));
    await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
    const rows = await db().auditEvent.findMany({ orderBy: { seq: 'asc' } });
    expect(rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    rows.forEach((row, i) => {
      expect(Buffer.from(row.previous)).toEqual(i === 0 ? CHAIN_START : Buffer.from(rows[i - 1]?.hash ?? []));
    });
  });

  it('cannot be altered or removed through the application', async () => {
    await expect(db().auditEvent.updateMany({ data: { action: 'forged' } })).rejects.toThrow('only grows');
    await expect(db().auditEvent.deleteMany()).rejects.toThrow('only grows');
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '#lib/authz/actor.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { exportToEnvironment } from '#lib/env.ts';
import { signingKey } from '#lib/auth/instance-keys.ts';
import { checkChain } from './check-chain.ts';
import { openCheckpoint } from './checkpoint-note.ts';
import { writeCheckpoint } from './checkpoints.ts';
import { exportAudit, listAudit } from './list-audit.ts';
import { isIncluded } from './merkle.ts';
import { proveRow } from './prove-row.ts';
import { chainHash, record, CHAIN_START } from './record.ts';
import { auditQuery } from './schema.ts';
import { readExport } from './read-export.ts';
import { everyRow } from './store.ts';
import { verifyChain } from './verify.ts';

useTestDatabase();
const actor = systemActor('cli', 'Command line 🔑 "quoted", =1+1');
const home = mkdtempSync(path.join(tmpdir(), 'bailiwick-audit-'));
beforeAll(() => exportToEnvironment({ BAILIWICK_HOME: home }));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** What a database owner can do: the triggers off, the deed, the triggers on. */
async function asOwner(deed: () => Promise<unknown>): Promise<void> {
  await db().$executeRaw`ALTER TABLE audit_event DISABLE TRIGGER USER`;
  await deed();
  await db().$executeRaw`ALTER TABLE audit_event ENABLE TRIGGER USER`;
}
const write = (n: number) =>
  inTransaction((tx) =>
    record(tx, actor, {
      action: n % 2 === 0 ? 'review.attest' : 'token.create',
      subject: `thing:${n % 3}`,
      before: n === 1 ? null : { n: n - 1, f: 1e21, s: '\u2028é' },
      after: [n, { deep: { z: 1, a: [true, null] } }],
      reason: `reason ${n} 100%_`,
    }),
  );

beforeEach(async () => {
  await asOwner(() => db().$executeRaw`DELETE FROM audit_event`);
  for (let n = 1; n <= 12; n++) await write(n);
});

describe('checkChain', () => {
  it('finds nothing wrong with what record wrote', async () => {
    expect(await checkChain()).toMatchObject({ ok: true, rows: 12, firstBad: null });
  });

  it('names the first row of any change, removal or exchange', async () => {
    const drills: [string, string, () => Promise<unknown>][] = [
      ['5', 'action', () => db().$executeRaw`UPDATE audit_event SET action = 'x' WHERE seq = 5`],
      [
        '5',
        'time',
        () => db().$executeRaw`UPDATE audit_event SET at = at + interval '1 microsecond' WHERE seq = 5`,
      ],
      ['5', 'actor', () => db().$executeRaw`UPDATE audit_event SET actor = 'usr_x' WHERE seq = 5`],
      ['5', 'name', () => db().$executeRaw`UPDATE audit_event SET actor_name = 'x' WHERE seq = 5`],
      ['5', 'behalf', () => db().$executeRaw`UPDATE audit_event SET on_behalf_of = 'x' WHERE seq = 5`],
      ['5', 'subject', () => db().$executeRaw`UPDATE audit_event SET subject = 'x' WHERE seq = 5`],
      ['5', 'before', () => db().$executeRaw`UPDATE audit_event SET before = '{}' WHERE seq = 5`],
      ['5', 'after', () => db().$executeRaw`UPDATE audit_event SET after = NULL WHERE seq = 5`],
      ['5', 'reason', () => db().$executeRaw`UPDATE audit_event SET reason = NULL WHERE seq = 5`],
      ['5', 'address', () => db().$executeRaw`UPDATE audit_event SET address = '10.0.0.1' WHERE seq = 5`],
      ['5', 'request', () => db().$executeRaw`UPDATE audit_event SET request_id = 'x' WHERE seq = 5`],
      ['5', 'hash', () => db().$executeRaw`UPDATE audit_event SET hash = sha256('x') WHERE seq = 5`],
      ['5', 'previous', () => db().$executeRaw`UPDATE audit_event SET previous = sha256('x') WHERE seq = 5`],
      ['2', 'head', () => db().$executeRaw`DELETE FROM audit_event WHERE seq = 1`],
      ['7', 'middle', () => db().$executeRaw`DELETE FROM audit_event WHERE seq = 6`],
      ['13', 'number', () => db().$executeRaw`UPDATE audit_event SET seq = 13 WHERE seq = 12`],
      [
        '3',
        'swap',
        () =>
          db()
            .$executeRaw`UPDATE audit_event SET seq = CASE seq WHEN 3 THEN -4 ELSE -3 END WHERE seq IN (3, 4)`,
      ],
    ];
    for (const [seq, name, deed] of drills) {
      await asOwner(deed);
      if (name === 'swap')
        await asOwner(() => db().$executeRaw`UPDATE audit_event SET seq = -seq WHERE seq < 0`);
      const report = await checkChain();
      expect([report.ok, report.firstBad?.seq], name).toEqual([false, seq]);
      await asOwner(() => db().$executeRaw`DELETE FROM audit_event`);
      for (let n = 1; n <= 12; n++) await write(n);
    }
  });

  it('sees a cut tail and a rewritten chain by a checkpoint, and only by that', async () => {
    const cut = () => db().$executeRaw`DELETE FROM audit_event WHERE seq > 10`;
    await asOwner(cut);
    expect((await checkChain()).ok).toBe(true);
    await write(11);
    await write(12);
    const note = await writeCheckpoint();
    expect(note).toContain('\n12\n');
    expect(await writeCheckpoint()).toBeNull();
    const proof = await proveRow(actor, 7n);
    const bytes = proof.proof.map((hex) => Buffer.from(hex, 'hex'));
    const root = openCheckpoint(proof.note, signingKey())?.root ?? Buffer.of();
    expect(isIncluded(Buffer.from(proof.hash, 'hex'), 6, 12, bytes, root)).toBe(true);
    await expect(proveRow(actor, 13n)).rejects.toMatchObject({ code: 'conflict' });
    expect(await checkChain()).toMatchObject({ ok: true, checkpoints: { checked: 2, problems: [] } });
    await asOwner(cut);
    expect((await checkChain()).checkpoints.problems.join()).toContain('cut off');
    await write(11);
    await write(12);
    await asOwner(rewriteWith('forged'));
    const report = await checkChain();
    expect([report.ok, report.firstBad]).toEqual([false, null]);
    expect(report.checkpoints.problems.join()).toContain('rewritten');
    await db().$executeRaw`ALTER TABLE audit_checkpoint DISABLE TRIGGER USER`;
    await db().$executeRaw`UPDATE audit_checkpoint SET note = replace(note, '12', '13')`;
    await db().$executeRaw`DELETE FROM audit_checkpoint WHERE size = 0`;
    expect((await checkChain()).checkpoints.problems.join()).toContain('not signed');
    await db().$executeRaw`DELETE FROM audit_checkpoint`;
    expect((await checkChain()).checkpoints.problems.join()).toContain('in the file');
  });
});

/** Changes every reason and makes all hashes fit again. */
function rewriteWith(reason: string): () => Promise<void> {
  return async () => {
    let head: Buffer = CHAIN_START;
    for await (const batch of everyRow()) {
      for (const { previous: _, hash: __, ...row } of batch) {
        const hash = chainHash(head, { ...row, reason });
        await db().$executeRaw`
          UPDATE audit_event SET reason = ${reason}, previous = ${Uint8Array.from(head)}, hash = ${Uint8Array.from(hash)}
          WHERE seq = ${BigInt(row.seq)}`;
        head = hash;
      }
    }
  };
}

describe('the log', () => {
  const ask = (query: Record<string, string>) => listAudit(actor, auditQuery.parse(query));

  it('is listed newest first, searched and filtered, and its patterns are taken as text', async () => {
    const all = await ask({});
    expect([all.total, all.rows[0]?.seq]).toEqual([12, '12']);
    expect((await ask({ action: 'review' })).total).toBe(6);
    expect((await ask({ action: 'token.create', subject: 'thing:1' })).total).toBe(2);
    expect((await ask({ q: '100%_' })).total).toBe(12);
    expect((await ask({ q: 'reason_1' })).total).toBe(0);
    expect((await ask({ q: '%' })).total).toBe(12);
    expect((await ask({ from: '2999-01-01' })).total).toBe(0);
    expect((await ask({ size: '25', page: '2' })).rows).toEqual([]);
    expect(() => auditQuery.parse({ from: '2026-13-01' })).toThrow();
  });

  it('is exported so that it can be verified from the file alone, and as CSV without formulas', async () => {
    const text = async (format: string) =>
      new Response(exportAudit(actor, auditQuery.parse({ format }))).text();
    const lines = (await text('ndjson')).trimEnd().split('\n');
    expect(lines).toHaveLength(12);
    const first = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(first).toMatchObject({ seq: '1', previous: '0'.repeat(64) });
    const verify = (text: string) => verifyChain(readExport(Readable.from([Buffer.from(text)])));
    expect(await verify(lines.join('\n'))).toMatchObject({ rows: 12, firstBad: null });
    expect((await verify(lines.join('\n').replace('reason 7', 'reason 8'))).firstBad?.seq).toBe('7');
    await expect(verify(`${lines[0]}\n{}`)).rejects.toThrow('Line 2');
    const csv = await text('csv');
    expect(csv.split('\r\n')).toHaveLength(14);
    expect(csv).toContain('"[1,{""deep"":');
  });

  it('answers only to who may read it', async () => {
    const nobody = { ...actor, permissions: new Set<never>() };
    await expect(listAudit(nobody, auditQuery.parse({}))).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => exportAudit(nobody, auditQuery.parse({}))).toThrow();
  });
});

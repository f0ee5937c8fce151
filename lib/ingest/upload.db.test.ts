import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { db } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { env } from '#lib/env.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { importQueued } from './import-queued.ts';
import { dropUpload, queueUpload, storeUpload } from './receive-upload.ts';
import { readRun } from './read-runs.ts';
import { takeLease } from './run-lease.ts';
import { sweepRuns } from './sweep-runs.ts';
import { actor, count, liveState, ndjson, service, streamOf } from './testing.ts';
import { framedFiles } from './upload-frames.ts';
import { uploadFolder } from './upload-folder.ts';

useTestDatabase();
afterAll(closeSender);

const HEADER = { source: 'pushed', scopes: [{ scope: 'shop', complete: true }] };

async function* files(...given: { name: string; text: string | Buffer }[]) {
  await Promise.resolve();
  for (const { name, text } of given) yield { name, bytes: streamOf(text) };
}

async function upload(text: string | Buffer, name = 'upload') {
  return queueUpload(actor, await storeUpload(actor, files({ name, text })), {});
}

describe('an upload', () => {
  it('is imported once by whichever worker has it first, and its bytes are then gone', async () => {
    const queued = await upload(gzipSync(ndjson(HEADER, service('a'), service('b'))));
    expect(queued).toMatchObject({ source: 'pushed', format: 'bailiwick' });
    await Promise.all([importQueued(queued.run), importQueued(queued.run), importQueued(queued.run)]);
    await importQueued(queued.run);
    const run = await readRun(actor, queued.run);
    expect(run).toMatchObject({ state: 'done', records: 3, accepted: 3, upload: queued.upload });
    expect(run.nodes.added).toBe(2);
    expect(existsSync(uploadFolder(queued.upload))).toBe(false);
  });

  it('of no known format is refused at once and leaves nothing', async () => {
    const runs = await count('run');
    await expect(upload('<html><body>hello</body></html>')).rejects.toThrow('looks like a web page');
    await expect(upload('')).rejects.toThrow('empty');
    expect(await count('run')).toBe(runs);
  });

  it('may hold several files in frames, cut anywhere', async () => {
    const parts = [ndjson({ source: 'one' }, service('f1')), ndjson({ source: 'two' }, service('f2'))];
    const body = parts
      .map((text, i) => `${JSON.stringify({ name: `f${i}.ndjson`, size: Buffer.byteLength(text) })}\n${text}`)
      .join('');
    const stored = await storeUpload(actor, framedFiles(streamOf(body, 7)));
    const queued = await queueUpload(actor, stored, {});
    await importQueued(queued.run);
    const runs = await db().run.findMany({
      where: { options: { path: ['upload'], equals: stored.upload } },
      include: { source: true },
    });
    expect(runs.map((run) => [run.source.name, run.state]).sort()).toEqual([
      ['one', 'done'],
      ['two', 'done'],
    ]);
    await expect(storeUpload(actor, framedFiles(streamOf(body.slice(0, -5), 100)))).rejects.toThrow(
      'cut off',
    );
    await dropUpload(stored.upload);
  });
});

describe('a killed import', () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => service(`k${i}`));
  const text = ndjson({ source: 'killed', scopes: HEADER.scopes }, ...lines);

  it('leaves nothing that takes effect, and is taken up again by the next worker', async () => {
    const before = await liveState();
    const queued = await upload(text);
    for (const state of ['reading', 'reading', 'checking']) {
      await killWhen(queued.run, state);
      expect(await liveState()).toEqual(before);
      await db().run.updateMany({ where: { publicId: queued.run }, data: { startedAt: new Date(0) } });
      const again = await sweepUntilFree(queued.run);
      expect(again).toContain(queued.run);
    }
    await importQueued(queued.run);
    expect(await readRun(actor, queued.run)).toMatchObject({ state: 'done', accepted: 60_001, rejected: 0 });
    expect(
      await count(
        `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'ingest_stage'`,
      ),
    ).toBe(0);
  });

  /** Runs a worker process on the run and kills it without warning once the run is in this state. */
  async function killWhen(run: string, state: string): Promise<void> {
    const script = path.resolve(import.meta.dirname, 'testing-import-queued.ts');
    const child = spawn(process.execPath, [script, run], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        ...process.env,
        DATABASE_URL: databaseUrl(),
        BAILIWICK_HOME: path.resolve(env().BAILIWICK_HOME),
      },
    });
    const gone = new Promise((resolve) => child.once('exit', resolve));
    for (;;) {
      const row = await db().run.findUniqueOrThrow({ where: { publicId: run } });
      if (row.state === state || row.state === 'done' || child.exitCode !== null) break;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    child.kill('SIGKILL');
    await gone;
  }

  /** The database gives the dead process's lease back as soon as it sees the connection gone. */
  async function sweepUntilFree(run: string): Promise<string[]> {
    const { id } = await db().run.findUniqueOrThrow({ where: { publicId: run } });
    for (;;) {
      const lease = await takeLease(id);
      await lease?.release();
      if (lease !== null) return sweepRuns();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { count, liveState, ndjson, service } from '#lib/ingest/testing.ts';
import { WatchedFolder } from './watched-folder.ts';

useTestDatabase();

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bailiwick-watch-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const put = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
const text = (source: string, ...names: string[]): string =>
  ndjson({ source, scopes: [{ scope: 'shop', complete: true }] }, ...names.map((name) => service(name)));
const held = async (name: 'done' | 'refused'): Promise<string[]> =>
  (await readdir(path.join(folder, name))).map((file) => file.replace(/^.*Z-/, '')).sort();

it('imports a file once it no longer grows, and moves it to done', async () => {
  const watched = new WatchedFolder(folder);
  await put('a.ndjson', text('watched', 'a'));
  expect(await watched.look()).toBe(0);
  await appendFile(path.join(folder, 'a.ndjson'), `${JSON.stringify(service('b'))}\n`);
  expect(await watched.look()).toBe(0);
  expect(await watched.look()).toBe(1);
  expect(await held('done')).toEqual(['a.ndjson']);
  expect(await count(`node WHERE key IN ('svc:a', 'svc:b')`)).toBe(2);
});

it('takes the name of the folder as the source, and leaves links and hidden files alone', async () => {
  await mkdir(path.join(folder, 'Payments'));
  await put('Payments/p.ndjson', text('stated', 'p'));
  await put('.part', text('hidden', 'h'));
  await symlink('/etc/hostname', path.join(folder, 'link'));
  const watched = new WatchedFolder(folder);
  await watched.look();
  expect(await watched.look()).toBe(1);
  expect(await count(`source WHERE name = 'Payments'`)).toBe(1);
  expect(await count(`source WHERE name IN ('stated', 'hidden')`)).toBe(0);
  expect((await readdir(folder)).sort()).toEqual(['.part', 'Payments', 'done', 'link', 'refused']);
});

it('moves what cannot be read to refused, with the reason beside it, and goes on with the others', async () => {
  await put('0-page.html', '<html><body>hello</body></html>');
  await put('1-good.ndjson', text('good', 'g'));
  const watched = new WatchedFolder(folder);
  await watched.look();
  expect(await watched.look()).toBe(2);
  expect(await held('done')).toEqual(['1-good.ndjson']);
  expect(await held('refused')).toEqual(['0-page.html', '0-page.html.reason.txt']);
  const reason = (await readdir(path.join(folder, 'refused'))).find((name) => name.endsWith('.txt')) ?? '';
  expect(await readFile(path.join(folder, 'refused', reason), 'utf8')).toContain('looks like a web page');
});

it('changes nothing when the same file comes again, as after a worker that was killed before it moved it', async () => {
  const watched = new WatchedFolder(folder);
  for (const name of ['first.ndjson', 'second.ndjson']) {
    await put(name, text('again', 'x', 'y'));
    await watched.look();
    await watched.look();
  }
  expect(await held('done')).toEqual(['first.ndjson', 'second.ndjson']);
  expect(
    await count(`run WHERE state = 'unchanged' AND source_id = (SELECT id FROM source WHERE name = 'again')`),
  ).toBe(1);
});

it('is read by one of several workers at a time', async () => {
  const workers = [new WatchedFolder(folder), new WatchedFolder(folder), new WatchedFolder(folder)];
  await put('shared.ndjson', text('shared', 's'));
  for (const worker of workers) await worker.look();
  const before = await liveState();
  const taken = await Promise.all(workers.map((worker) => worker.look()));
  expect(taken.reduce((sum, each) => sum + each, 0)).toBe(1);
  expect(await count(`run WHERE source_id = (SELECT id FROM source WHERE name = 'shared')`)).toBe(1);
  expect(await liveState()).not.toEqual(before);
});

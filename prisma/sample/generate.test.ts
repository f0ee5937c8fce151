import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { EdgeFact, NodeFact, UsageEvent } from '#lib/connectors/facts.ts';
import { fits } from '#lib/ontology/edge-kinds.ts';
import { generateSample, type SampleSummary, type Snapshot } from './generate.ts';

const AS_OF = new Date('2026-03-02T09:30:00Z');

type Line = { node?: NodeFact; edge?: EdgeFact; event?: UsageEvent; bailiwick?: number };
type TrailEvent = {
  eventTime: string;
  userIdentity: { accessKeyId?: string };
  responseElements: { credentials?: { accessKeyId: string } } | null;
  sourceIPAddress: string;
};
type Expected = {
  stories: { id: string; keys: Record<string, string | string[]>; decoys: { key: string; why: string }[] }[];
};

const made: string[] = [];
const folder = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), 'sample-'));
  made.push(path);
  return path;
};

async function generate(seed: number, snapshot: Snapshot): Promise<{ path: string; summary: SampleSummary }> {
  const path = await folder();
  return { path, summary: await generateSample({ directory: path, seed, asOf: AS_OF, snapshot }) };
}

let now: Awaited<ReturnType<typeof generate>>;
let later: Awaited<ReturnType<typeof generate>>;

beforeAll(async () => {
  now = await generate(7, 'now');
  later = await generate(7, 'later');
});

afterAll(async () => {
  for (const path of made) await rm(path, { recursive: true, force: true });
});

const paths = (ending: string, of = now): string[] =>
  [...of.summary.files.keys()].filter((path) => path.endsWith(ending));
const text = (path: string, of = now): Promise<string> => readFile(join(of.path, path), 'utf8');

async function lines(path: string, of = now): Promise<Line[]> {
  return (await text(path, of))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

async function trail(): Promise<TrailEvent[]> {
  const events: TrailEvent[] = [];
  for (const path of paths('.json.gz')) {
    const file = gunzipSync(await readFile(join(now.path, path))).toString();
    events.push(...(JSON.parse(file) as { Records: TrailEvent[] }).Records);
  }
  return events;
}

const expected = async (of = now): Promise<Expected> =>
  JSON.parse(await text('expected.json', of)) as Expected;
const keysOf = (value: string | string[]): string[] => (typeof value === 'string' ? [value] : value);
const isKey = (value: string): boolean => value.startsWith('arn:') || /^[a-z0-9]+:\/\/|^mailto:/.test(value);

describe('the sample organisation', () => {
  test('is the same, byte by byte, for the same seed and date, and another for another seed', async () => {
    const again = await generate(7, 'later');
    const other = await generate(8, 'later');
    expect([...again.summary.files]).toEqual([...later.summary.files]);
    expect([...other.summary.files]).not.toEqual([...later.summary.files]);
  });

  test('writes the same logs again, into the folder of an earlier run', async () => {
    const first = new Map(now.summary.files);
    const again = await generateSample({ directory: now.path, seed: 7, asOf: AS_OF, snapshot: 'now' });
    expect([...again.files]).toEqual([...first]);
  });

  test('leaves a folder alone that holds anything else', async () => {
    const path = await folder();
    await writeFile(join(path, 'thesis.txt'), 'years of work');
    await expect(
      generateSample({ directory: path, seed: 7, asOf: AS_OF, snapshot: 'later' }),
    ).rejects.toThrow('holds other files');
    expect(await readdir(path)).toEqual(['thesis.txt']);
  });

  test('is as large as it says', () => {
    const { counts } = now.summary;
    expect(counts).toMatchObject({ teams: 10, services: 80, agents: 15, integrations: 25 });
    for (const [count, wanted, tolerance] of [
      [counts.serviceAccounts, 200, 0.1],
      [counts.credentials, 500, 0.1],
      [counts.permissions, 3000, 0.15],
      [counts.events, 200_000, 0.05],
    ] as const)
      expect(Math.abs(count - wanted)).toBeLessThanOrEqual(wanted * tolerance);
  });

  test('parses in every one of its formats', async () => {
    for (const path of paths('.yaml'))
      for (const document of parseAllDocuments(await text(path))) expect(document.errors).toEqual([]);
    for (const path of paths('.json')) expect(JSON.parse(await text(path))).toBeTypeOf('object');
    for (const path of paths('.csv')) {
      const rows = (await text(path)).trimEnd().split('\n');
      for (const row of rows) expect(row.split(',')).toHaveLength(22);
    }
  });

  test('states both ends of every edge and of every use, and no edge that the ontology refuses', async () => {
    for (const path of paths('.ndjson')) {
      const all = await lines(path);
      const kinds = new Map(all.flatMap(({ node }) => (node ? [[node.key, node.kind] as const] : [])));
      for (const { edge, event } of all) {
        if (edge) {
          const [from, to] = [kinds.get(edge.from), kinds.get(edge.to)];
          expect(from && to && fits(edge.kind, from, to), `${edge.from} ${edge.kind} ${edge.to}`).toBe(true);
        }
        if (event)
          for (const key of [
            event.actor,
            event.target,
            event.credential,
            event.onBehalfOf,
            ...(event.chain ?? []),
          ])
            if (key !== undefined && !kinds.has(key)) expect.fail(`${key} is not stated in ${path}`);
      }
    }
  });

  test('logs 90 days that end the day before, and counts what it logs', async () => {
    const events = await trail();
    const stated = (await Promise.all(paths('.ndjson').map((path) => lines(path)))).flat();
    const times = [
      ...events.map((event) => event.eventTime),
      ...stated.flatMap(({ event }) => (event ? [event.time] : [])),
    ].sort();
    expect(times).toHaveLength(now.summary.counts.events);
    expect(times[0]?.slice(0, 10)).toBe('2025-12-02');
    expect(times.at(-1)?.slice(0, 10)).toBe('2026-03-01');
  });

  test('uses the session keys that it logs the issuing of, and no others', async () => {
    const events = await trail();
    const issued = new Set(events.flatMap((event) => event.responseElements?.credentials?.accessKeyId ?? []));
    const used = new Set(events.flatMap(({ userIdentity }) => userIdentity.accessKeyId ?? []));
    for (const key of used)
      if (key.startsWith('ASIA') && !issued.has(key)) expect.fail(`${key} was never issued`);
    expect(issued.size).toBeGreaterThan(5000);
  });

  test('holds no value of a long-lived secret', async () => {
    for (const path of [...paths('.ndjson'), ...paths('.yaml')]) {
      const content = await text(path);
      expect(content).not.toMatch(/-----BEGIN|"password":"|secretAccessKey|^data:/m);
    }
  });
});

describe('the stories', () => {
  test('are nine, each with a decoy', async () => {
    const { stories } = await expected();
    expect(stories.map((story) => story.id)).toEqual([
      'shared-token',
      'wide-agent',
      'outlived-grant',
      'production-key-in-staging',
      'leaked-key',
      'owners-left',
      'escalation-path',
      'unused-scopes',
      'hidden-actor',
    ]);
    for (const story of stories) expect(story.decoys.length).toBeGreaterThan(0);
  });

  test('name only things that the files hold', async () => {
    const inventory = await Promise.all(
      [...paths('.ndjson'), ...paths('.json').filter((path) => path.startsWith('aws/'))].map((path) =>
        text(path),
      ),
    );
    const whole = inventory.join('\n');
    for (const story of (await expected()).stories)
      for (const key of [
        ...Object.values(story.keys).flatMap(keysOf),
        ...story.decoys.map((decoy) => decoy.key),
      ])
        if (isKey(key) && !whole.includes(`"${key}"`)) expect.fail(`${story.id}: ${key} is in no file`);
  });

  test('show in the logs: the stranger with the leaked key, and the production key from staging', async () => {
    const events = await trail();
    const { stories } = await expected();
    const addressesOf = (id: string): Set<string> => {
      const key = String(stories.find((story) => story.id === id)?.keys['credential'])
        .split('/')
        .at(-1);
      return new Set(
        events
          .filter(({ userIdentity }) => userIdentity.accessKeyId === key)
          .map((event) => event.sourceIPAddress),
      );
    };
    expect(addressesOf('leaked-key')).toContain('203.0.113.77');
    expect(
      [...addressesOf('production-key-in-staging')].some((address) => address.startsWith('10.60.')),
    ).toBe(true);
  });

  test('find the two revoked credentials gone in the later snapshot, which holds no logs', async () => {
    expect(paths('.gz', later)).toEqual([]);
    expect(later.summary.counts.events).toBe(0);
    const { stories } = await expected();
    for (const id of ['leaked-key', 'outlived-grant']) {
      const key = String(stories.find((story) => story.id === id)?.keys['credential']);
      for (const path of paths('.ndjson', later)) expect(await text(path, later)).not.toContain(`"${key}"`);
    }
    const before = paths('.yaml').filter((path) => path.startsWith('kubernetes/'));
    for (const path of before) expect(later.summary.files.get(path)).toBe(now.summary.files.get(path));
  });
});

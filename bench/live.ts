import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { systemActor } from '#lib/authz/actor.ts';
import { disconnect } from '#lib/db/client.ts';
import { startEmbedded } from '#lib/db/embedded.ts';
import { migrate } from '#lib/db/migrate.ts';
import { exportToEnvironment } from '#lib/env.ts';
import { answer } from '#lib/exposure/answer.ts';
import { blastRadius } from '#lib/exposure/blast-radius.ts';
import { askEngine, closeEngine } from '#lib/exposure/engine.ts';
import { loadSnapshot } from '#lib/exposure/load-snapshot.ts';
import type { ReachQuestion } from '#lib/exposure/question.ts';
import { reachQuery } from '#lib/exposure/schema.ts';
import { SeededRandom } from '#lib/graph/seeded-random.ts';
import { Figures, machine, median, mustEqual, timed } from './measure.ts';
import { storeOrganisation } from './store-organisation.ts';

export const USAGE = `live [--size small|large] [--json] [--seed S]
  The graph between Postgres and the web process: the bars G8, G10, G17, G18. Starts an embedded database of its own and fills
  it with the generated organisation. Small is 100,000 nodes and 1,000,000 edges, large ten times that.`;

const SIZES = new Map([
  ['small', { nodes: 100_000, edges: 1_000_000 }],
  ['large', { nodes: 1_000_000, edges: 10_000_000 }],
]);
const ROUNDS = 5;
const QUESTIONS = 60;
const WARM_UP = 10;
const IDLE_MS = 5_000;
const EDGE_COLUMNS =
  'id, from_id, to_id, kind, level, conditional, last_exercised IS NOT NULL, valid_from, valid_to';

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string', default: 'small' },
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  const size = SIZES.get(values.size);
  if (!size) throw new RangeError(`There is no size ${values.size}; it is small or large.`);
  const seed = Number(values.seed);
  const home = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  exportToEnvironment({ BAILIWICK_HOME: home });
  const { url, stop } = await startEmbedded();
  const figures = new Figures();
  try {
    exportToEnvironment({ DATABASE_URL: url });
    await migrate(url);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await storeOrganisation(client, { ...size, seed });
    await measure(client, url, size, figures);
    await client.end();
  } finally {
    await closeEngine();
    await disconnect();
    await stop();
    rmSync(home, { recursive: true, force: true });
  }
  report(figures, values.json, { seed, size: values.size, ...size });
}

type Size = { nodes: number; edges: number };

async function measure(client: pg.Client, url: string, size: Size, figures: Figures): Promise<void> {
  const copies: number[] = [];
  const colds: number[] = [];
  const refreshes: number[] = [];
  const stalls: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const isWarm = round > 0;
    const copy = await timedAsync(() =>
      client.query(`COPY (SELECT ${EDGE_COLUMNS} FROM edge) TO '/dev/null'`),
    );
    await closeEngine();
    const stall = monitorEventLoopDelay({ resolution: 1 });
    stall.enable();
    const cold = await timedAsync(() => askVersion());
    await changeSomeEdges(client, round);
    const wanted = (await readVersion(client)) ?? 0;
    const refresh = await timedAsync(() => untilVersion(wanted));
    stall.disable();
    if (!isWarm) continue;
    copies.push(copy.ms);
    colds.push(cold.ms);
    refreshes.push(refresh.ms);
    stalls.push(stall.max / 1e6);
  }
  figures.detail('edges to /dev/null, ms', median(copies));
  figures.detail('G10 cold start, ms', median(colds));
  figures.ratio('G10', median(colds) / median(copies));
  figures.detail('G17 refresh of 1 % of the edges, ms', median(refreshes));
  figures.ratio('G17', median(refreshes) / median(colds));
  const answering = await measureAnswers(url, size, figures);
  figures.detail('G18 of an idle process on this machine, ms', await idleStall());
  figures.detail('G18 while loading and refreshing, ms', Math.max(...stalls));
  figures.detail('G18 while answering, ms', answering);
  figures.ratio('G18', Math.max(answering, ...stalls));
}

/** G8: a blast radius with 100 rows through the use case, as JSON, against the engine alone on the same snapshot. */
async function measureAnswers(url: string, size: Size, figures: Figures): Promise<number> {
  const loaded = await loadSnapshot(url);
  const actor = systemActor('cli', 'Benchmark');
  const random = new SeededRandom(3);
  const { rows } = await withClient(url, (client) =>
    client.query<{ id: number; key: string }>(
      `SELECT id, key FROM node WHERE kind IN ('service', 'role', 'agent') ORDER BY id`,
    ),
  );
  const [alone, whole]: [number[], number[]] = [[], []];
  const stall = monitorEventLoopDelay({ resolution: 1 });
  for (let i = 0; i < QUESTIONS + WARM_UP; i++) {
    const { id, key } = random.pick(rows);
    const asked: ReachQuestion = {
      ...SCOPE,
      ask: 'reach',
      starts: [id],
      direction: 'from',
      unusedOnly: false,
      kinds: [],
      sensitiveOnly: false,
      sort: 'hops',
      offset: 0,
      limit: 100,
    };
    const engine = timed(() => answer(loaded, asked));
    stall.enable();
    const reply = await timedAsync(async () =>
      JSON.stringify(await blastRadius(actor, reachQuery.parse({ key }))),
    );
    stall.disable();
    mustEqual(
      'nodes reached',
      (JSON.parse(reply.value) as { reached: number }).reached,
      engine.value.reached,
    );
    if (i < WARM_UP) continue;
    alone.push(engine.ms);
    whole.push(reply.ms);
  }
  mustEqual('nodes of the snapshot', loaded.snapshot.nodeCount, size.nodes);
  figures.detail('G8 engine alone, p50 ms', median(alone));
  figures.detail('G8 reply, p50 ms', median(whole));
  figures.ratio('G8 ms more', median(whole) - median(alone));
  return stall.max / 1e6;
}

/** What the machine itself does to an event loop that has nothing to do: other work on it, the garbage of this process. */
async function idleStall(): Promise<number> {
  const stall = monitorEventLoopDelay({ resolution: 1 });
  stall.enable();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  stall.disable();
  return stall.max / 1e6;
}

/** One in a hundred edges: a third comes to be used, a third ends, a third comes anew, as a run would leave it. */
async function changeSomeEdges(client: pg.Client, round: number): Promise<void> {
  const share = (third: number) => `id % 300 = ${(round * 3 + third) % 300}`;
  await client.query('BEGIN');
  await client.query(
    `UPDATE edge SET last_exercised = now(), exercised_count = exercised_count + 1 WHERE ${share(0)}`,
  );
  await client.query(`UPDATE edge SET valid_to = now(), run_to = 2 WHERE ${share(1)} AND valid_to IS NULL`);
  await client.query(
    `INSERT INTO edge (from_id, to_id, kind, qualifier, level, conditional, source_id, run_from, digest, valid_from)
     SELECT from_id, to_id, kind, qualifier || '-${round}', level, conditional, source_id, 2, 0, now() FROM edge WHERE ${share(2)}`,
  );
  await client.query(
    `UPDATE setting SET value = jsonb_set(value, '{version}', to_jsonb((value->>'version')::int + 1)) WHERE name = 'graph'`,
  );
  await client.query('COMMIT');
}

const SCOPE = {
  mode: 'granted',
  includeConditional: true,
  asOf: null,
  maxHops: null,
  excludeEdges: [],
  excludeNodes: [],
} as const;

const askVersion = async () => (await askEngine({ ...SCOPE, ask: 'summaries', starts: [] })).version;

/** A question waits a little for a newer graph and is then answered on the one that is there. */
async function untilVersion(wanted: number): Promise<void> {
  while ((await askVersion()) < wanted);
}

async function readVersion(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ version: number }>(
    `SELECT (value->>'version')::int AS version FROM setting WHERE name = 'graph'`,
  );
  return rows[0]?.version;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

async function timedAsync<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await work();
  return { ms: performance.now() - start, value };
}

function report(figures: Figures, isJson: boolean, options: Record<string, unknown>): void {
  const line = {
    ...{ bench: 'live', machine: machine(), versions: { node: process.version }, ...options },
    figures: Object.fromEntries(figures.ratios),
    details: Object.fromEntries(figures.details),
  };
  const rows = [...figures.ratios, ['', ''] as const, ...figures.details];
  process.stdout.write(
    isJson ? `${JSON.stringify(line)}\n` : rows.map(([id, value]) => `${id.padEnd(56)} ${value}\n`).join(''),
  );
}

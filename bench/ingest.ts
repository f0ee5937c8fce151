import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbedded } from '#lib/db/embedded.ts';
import { disconnect } from '#lib/db/client.ts';
import { migrate } from '#lib/db/migrate.ts';
import { env, exportToEnvironment } from '#lib/env.ts';
import { copyAgain } from './ingest-anchor.ts';
import { importMeasured } from './ingest-import.ts';
import { writeEvents, writeInventory } from './ingest-input.ts';
import { Figures, machine, median, mustEqual } from './measure.ts';

export const USAGE = `ingest [--events N] [--nodes N] [--edges N] [--rounds N] [--json]
  CloudTrail events (gz, 500,000) and an inventory (200,000 nodes, 1,000,000 edges) from files to committed rows, against COPY of
  the same rows, ready made, into the same tables without anything around them: the bars I1, I3, I5, I9, I10, and I7 with
  a tenth of the events. Each round has a database of its own. Sums that do not add up fail the run.`;

type Sizes = { events: number; nodes: number; edges: number };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      events: { type: 'string', default: '500000' },
      nodes: { type: 'string', default: '200000' },
      edges: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  });
  const sizes = { events: Number(values.events), nodes: Number(values.nodes), edges: Number(values.edges) };
  const folder = mkdtempSync(path.join(tmpdir(), 'bailiwick-bench-'));
  exportToEnvironment({ BAILIWICK_HOME: path.join(folder, 'home') });
  const given = env().DATABASE_URL;
  const server = given === undefined ? await startEmbedded() : null;
  try {
    const figures = new Figures();
    await measure(server?.url ?? given ?? '', folder, sizes, Number(values.rounds), figures);
    report(figures, values.json, sizes);
  } finally {
    await disconnect();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(
  url: string,
  folder: string,
  sizes: Sizes,
  rounds: number,
  figures: Figures,
): Promise<void> {
  const events = await writeEvents(path.join(folder, 'events'), sizes.events);
  const tenth = await writeEvents(path.join(folder, 'tenth'), Math.ceil(sizes.events / 10));
  const inventory = await writeInventory(path.join(folder, 'inventory.ndjson'), sizes.nodes, sizes.edges);
  await makeTemplate(url);
  const seen = new Map<string, number[]>();
  const note = (name: string, value: number): void => void seen.set(name, [...(seen.get(name) ?? []), value]);
  for (let round = 0; round < rounds; round++) {
    await inFreshDatabase(url, `bench_${round}`, async () => {
      const small = await importMeasured(tenth, Math.ceil(sizes.events / 10));
      note('rss of a tenth, MB', small.peakMb);
    });
    await inFreshDatabase(url, `bench_${round}`, async () => {
      const first = await importMeasured(events, sizes.events);
      const again = await importMeasured(events, sizes.events);
      mustEqual('events of the second delivery', again.added, 0);
      const copied = await copyAgain(['event']);
      mustEqual('rows copied', copied.rows, sizes.events);
      note('events, ms', first.ms);
      note('events again, ms', again.ms);
      note('copy of events, ms', copied.ms);
      note('rss, MB', first.peakMb);
      note('rss before, MB', first.restMb);
    });
    await inFreshDatabase(url, `bench_${round}`, async () => {
      const first = await importMeasured(inventory, sizes.nodes + sizes.edges + 1);
      const again = await importMeasured(inventory, sizes.nodes + sizes.edges + 1);
      mustEqual('facts of the second import', again.added, 0);
      const copied = await copyAgain(['node', 'edge']);
      note('inventory, ms', first.ms);
      note('inventory again, ms', again.ms);
      note('copy of inventory, ms', copied.ms);
    });
  }
  for (const [name, values] of seen) figures.detail(name, median(values));
  const of = (name: string): number => median(seen.get(name) ?? []);
  figures.ratio('I1', of('copy of events, ms') / of('events, ms'));
  figures.ratio('I3', of('events again, ms') / of('events, ms'));
  figures.ratio('I5', of('rss, MB') - of('rss before, MB'));
  figures.ratio('I7', of('rss, MB') / of('rss of a tenth, MB'));
  figures.ratio('I9', of('copy of inventory, ms') / of('inventory, ms'));
  figures.ratio('I10', of('inventory again, ms') / of('inventory, ms'));
}

const TEMPLATE = 'bench_template';

/** The migrated database that each round's is a copy of. */
async function makeTemplate(server: string): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${TEMPLATE}`).finally(() => admin.end());
  await migrate(withDatabase(server, TEMPLATE));
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function inFreshDatabase(server: string, name: string, work: () => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  exportToEnvironment({ DATABASE_URL: withDatabase(server, name) });
  try {
    await work();
  } finally {
    await disconnect();
    await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.end();
  }
}

function report(figures: Figures, json: boolean, sizes: Sizes): void {
  if (json) {
    const line = { bench: 'ingest', ...machine(), ...sizes, figures: Object.fromEntries(figures.ratios) };
    console.log(JSON.stringify({ ...line, details: Object.fromEntries(figures.details) }));
    return;
  }
  for (const [id, value] of figures.ratios) console.log(`${id.padEnd(6)}${value}`);
  for (const [name, value] of figures.details) console.log(`      ${name.padEnd(28)}${Math.round(value)}`);
  console.log(
    'I5 is in MB above the process at rest; it and I7 count the importing process, not PostgreSQL.',
  );
}

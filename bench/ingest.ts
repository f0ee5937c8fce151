import path from 'node:path';
import { parseArgs } from 'node:util';
import { BenchServer } from './bench-database.ts';
import { cloudtrailEvents, writeLines } from './cloudtrail.ts';
import { EventRounds } from './ingest-events.ts';
import { InventoryRounds, inventoryLines } from './ingest-inventory.ts';
import { measureMemory } from './ingest-memory.ts';
import { Figures, machine } from './measure.ts';

export const USAGE = `ingest [--size small|large] [--events N] [--nodes N] [--edges M] [--rounds R] [--json] [--seed S]
  Import of usage logs and inventory against a COPY of ready columns in the same run: the bars I1–I3, I5–I7, I9, I10.
  Small is 100,000 events and 20,000 nodes with 100,000 edges; large 500,000 events and 200,000 nodes with 1,000,000 edges.
  Every import goes into an empty database in a process of its own. Wrong counts fail the run.`;

const SIZES = {
  small: { events: 100_000, nodes: 20_000, edges: 100_000 },
  large: { events: 500_000, nodes: 200_000, edges: 1_000_000 },
};
/** How many times the events of the other measurements are read to see whether memory grows with the input. */
const GROWTH = 10;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string', default: 'small' },
      events: { type: 'string' },
      nodes: { type: 'string' },
      edges: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  const preset = values.size === 'large' ? SIZES.large : SIZES.small;
  const size = {
    events: Number(values.events ?? preset.events),
    nodes: Number(values.nodes ?? preset.nodes),
    edges: Number(values.edges ?? preset.edges),
  };
  const seed = Number(values.seed);
  const figures = new Figures();
  const server = await BenchServer.start();
  try {
    await measure(server, size, seed, Number(values.rounds), figures);
  } finally {
    await server.stop();
  }
  report(figures, values.json, { seed, rounds: Number(values.rounds), sizes: size });
}

type Size = { events: number; nodes: number; edges: number };

async function measure(
  server: BenchServer,
  size: Size,
  seed: number,
  rounds: number,
  figures: Figures,
): Promise<void> {
  const file = (name: string): string => path.join(server.folder, name);
  const bytes = await writeLines(file('events.ndjson'), cloudtrailEvents(size.events, seed));
  await writeLines(file('events.ndjson.gz'), cloudtrailEvents(size.events, seed));
  await writeLines(file('inventory.ndjson'), inventoryLines({ ...size, seed }));
  figures.detail('bytes per event', bytes / size.events);
  const events = new EventRounds(server, size.events);
  const inventory = new InventoryRounds(server, size);
  // The first round warms up and is not counted.
  for (let round = 0; round <= rounds; round++) {
    await events.round(round > 0);
    await inventory.round(round > 0);
  }
  events.report(figures);
  inventory.report(figures);
  await measureMemory(server, size.events, GROWTH, seed, figures);
}

function report(
  figures: Figures,
  isJson: boolean,
  options: { seed: number; rounds: number; sizes: Size },
): void {
  const line = {
    bench: 'ingest',
    machine: machine(),
    versions: { node: process.version },
    ...options,
    figures: Object.fromEntries(figures.ratios),
    details: Object.fromEntries(figures.details),
  };
  if (isJson) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const rows = [...figures.ratios, ['', ''] as const, ...figures.details];
  process.stdout.write(rows.map(([id, value]) => `${id.padEnd(56)} ${value}\n`).join(''));
}

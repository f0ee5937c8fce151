import { parseArgs } from 'node:util';
import { measureChokePoints, measureMinimumCut, measurePaths, measureRanking } from './graph-questions.ts';
import { measureLevels, measureReach, measureShapes } from './graph-reach.ts';
import { Figures, machine, timed } from './measure.ts';
import { organisationGraph, powerLawGraph } from './plain-graph.ts';

export const USAGE = `graph [--size small|large|both] [--json] [--seed S]
  Reach, paths, choke points, cuts and ranking, as ratios: the bars G1–G4b, G6, G7, G9, G12–G16. Small is 100,000 nodes
  and 1,000,000 edges, large ten times that. Wrong answers fail the run.`;

const SMALL = { nodes: 100_000, edges: 1_000_000 };
const LARGE = { nodes: 1_000_000, edges: 10_000_000 };

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      size: { type: 'string', default: 'both' },
      json: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
    },
  });
  const seed = Number(values.seed);
  const figures = new Figures();
  if (values.size !== 'large') await measureSmall(seed, figures);
  if (values.size !== 'small') await measureLarge(seed, figures, values.size === 'large');
  report(figures, values.json, { seed, size: values.size });
}

async function measureSmall(seed: number, figures: Figures): Promise<void> {
  await measureReach(powerLawGraph(SMALL.nodes, SMALL.edges, seed), { plain: 'G4' }, figures);
  measureMinimumCut(organisationGraph({ ...SMALL, seed }), figures);
}

async function measureLarge(seed: number, figures: Figures, isAlone: boolean): Promise<void> {
  await measureShapes(LARGE.nodes, figures);
  const built = timed(() => powerLawGraph(LARGE.nodes, LARGE.edges, seed));
  const snapshot = built.value;
  figures.detail('generate and freeze, ms', built.ms);
  figures.ratio('G9', snapshot.byteSizes().hot / snapshot.edgeCount);
  figures.detail('G9 with ids and validity', snapshot.byteSizes().all / snapshot.edgeCount);
  const textbookMs = await measureReach(snapshot, { plain: 'G1', best: 'G2', masked: 'G3' }, figures);
  measurePaths(snapshot, textbookMs, figures);
  measureChokePoints(snapshot, figures);
  measureRanking(snapshot, figures);
  measureLevels({ ...LARGE, seed }, figures);
  if (isAlone) figures.detail('small sizes (G4, G15) left out', 1);
}

function report(figures: Figures, isJson: boolean, options: { seed: number; size: string }): void {
  const sizes = { small: SMALL, large: LARGE };
  const line = {
    bench: 'graph',
    machine: machine(),
    versions: { node: process.version },
    ...options,
    sizes,
    figures: Object.fromEntries(figures.ratios),
    details: Object.fromEntries(figures.details),
  };
  if (isJson) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
    return;
  }
  const rows = [...figures.ratios, ['', ''] as const, ...figures.details];
  process.stdout.write(rows.map(([id, value]) => `${id.padEnd(56)} ${value}\n`).join(''));
  if (!figures.ratios.has('G4') && !figures.ratios.has('G1')) {
    process.stdout.write('No C compiler here: the ratios against C are left out.\n');
  }
}

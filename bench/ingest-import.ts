import { systemActor } from '#lib/authz/actor.ts';
import { importInput } from '#lib/ingest/import.ts';
import { mustEqual } from './measure.ts';

const SAMPLE_EVERY_MS = 20;

/** Imports a path as anybody would, and watches the memory of this process meanwhile. */
export async function importMeasured(
  input: string,
  records: number,
): Promise<{ ms: number; added: number; restMb: number; peakMb: number }> {
  globalThis.gc?.();
  const rest = process.memoryUsage().rss;
  let peak = rest;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), SAMPLE_EVERY_MS);
  const start = performance.now();
  const { runs } = await importInput(systemActor('cli', 'Benchmark'), {
    inputs: [{ path: input }],
    options: { asOf: '2026-06-01T00:00:00Z' },
  }).finally(() => clearInterval(timer));
  const ms = performance.now() - start;
  const sum = (pick: (run: (typeof runs)[number]) => number): number =>
    runs.reduce((total, run) => total + pick(run), 0);
  mustEqual(
    'records',
    sum((run) => run.records),
    records,
  );
  mustEqual(
    'accepted + duplicate',
    sum((run) => run.accepted + run.duplicate),
    records,
  );
  const added = sum(
    ({ nodes, edges, events }) => nodes.added + nodes.changed + edges.added + edges.changed + events,
  );
  return { ms, added, restMb: rest / 1e6, peakMb: peak / 1e6 };
}

import path from 'node:path';
import type { BenchServer } from './bench-database.ts';
import { cloudtrailEvents, writeLines } from './cloudtrail.ts';
import { importInProcess } from './import-process.ts';
import { mustEqual, type Figures } from './measure.ts';

const MEGABYTE = 1e6;

/** Peak memory of the importing process: against one that does nothing, and against a tenth of the input. */
export async function measureMemory(
  server: BenchServer,
  events: number,
  growth: number,
  seed: number,
  figures: Figures,
): Promise<void> {
  const idle = (await server.withDatabase(() => importInProcess())).peakBytes;
  const small = await peakOf(server, events, seed);
  const large = await peakOf(server, events * growth, seed);
  figures.ratio('I5', (large.peakBytes - idle) / MEGABYTE);
  figures.ratio('I7', large.peakBytes / small.peakBytes);
  figures.detail('peak of an idle process, MB', idle / MEGABYTE);
  figures.detail(`peak for ${events} events, MB`, small.peakBytes / MEGABYTE);
  figures.detail(`peak for ${events * growth} events, MB`, large.peakBytes / MEGABYTE);
  figures.detail('input of the largest, MB', large.inputBytes / MEGABYTE);
  figures.detail('growth, events/s of the larger against the smaller', large.rate / small.rate);
}

async function peakOf(
  server: BenchServer,
  events: number,
  seed: number,
): Promise<{ peakBytes: number; inputBytes: number; rate: number }> {
  const file = path.join(server.folder, 'memory.ndjson');
  const inputBytes = await writeLines(file, cloudtrailEvents(events, seed));
  const { peakBytes, ms, run } = await server.withDatabase(() => importInProcess(file));
  mustEqual('events of the memory measurement', run?.events, events);
  return { peakBytes, inputBytes, rate: (events / ms) * 1000 };
}

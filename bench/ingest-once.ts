import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemActor } from '#lib/authz/actor.ts';
import { disconnect } from '#lib/db/client.ts';
import { importInput } from '#lib/ingest/import.ts';
import type { RunResult } from '#lib/ingest/run-result.ts';

/** What one import in a process of its own cost. */
export type Cost = {
  ms: number;
  /** Peak resident set of the process, bytes. */
  peakBytes: number;
  longestPauseMs: number;
  run: Pick<RunResult, 'state' | 'records' | 'accepted' | 'duplicate' | 'nodes' | 'edges' | 'events'> | null;
};

// `node bench/ingest-once.ts [FILE]`: without a file, what the process costs when it does nothing.
const [file] = process.argv.slice(2);
const pauses = monitorEventLoopDelay({ resolution: 1 });
pauses.enable();
const start = performance.now();
const imported =
  file === undefined
    ? null
    : await importInput(systemActor('cli', 'Benchmark'), {
        inputs: [{ path: file, name: file }],
        options: {},
      });
const ms = performance.now() - start;
pauses.disable();
await disconnect();

const run = imported?.runs[0] ?? null;
const cost: Cost = {
  ms,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  longestPauseMs: pauses.max / 1e6,
  run: run && {
    ...{ state: run.state, records: run.records, accepted: run.accepted, duplicate: run.duplicate },
    ...{ nodes: run.nodes, edges: run.edges, events: run.events },
  },
};
process.stdout.write(JSON.stringify(cost));

import { writeCheckpoint } from '#lib/audit/checkpoints.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { evaluateWhenChanged } from '#lib/findings/evaluate-when-changed.ts';
import { importQueued } from '#lib/ingest/import-queued.ts';
import { sweepRuns } from '#lib/ingest/sweep-runs.ts';
import { deliverDue } from '#lib/revocation/deliver-revocation.ts';
import { sendGuarded } from '#lib/revocation/send-guarded.ts';
import { settleRuns } from '#lib/revocation/settle-runs.ts';
import { loadSample } from '#lib/sample/load-sample.ts';
import { env, projectPath } from '#lib/env.ts';
import { WatchedFolder } from '#lib/watch/watched-folder.ts';
import { everyWhile } from './every-while.ts';
import { openQueue } from './queues.ts';

const POLL_S = 1;
const SWEEP_EVERY_MS = 30_000;
const GOVERN_EVERY_MS = 5_000;
const WATCH_EVERY_MS = 5_000;
const CHECKPOINT_EVERY_MS = 3_600_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts the worker of this process: takes jobs from the queue one at a time, and puts away what killed workers left. As
 * many may run as wanted. `stop` lets the job under way finish for a while; what is cut off is found by the next sweep.
 */
export async function startWorker(): Promise<{ stop: () => Promise<void> }> {
  const boss = await openQueue('worker');
  const sweep = async (): Promise<void> => {
    for (const run of await sweepRuns()) await boss.send('import-run', { run }, { singletonKey: run });
  };
  await sweep();
  const timer = setInterval(() => {
    sweep().catch((error: unknown) => {
      console.error('Sweeping interrupted imports failed:', error);
    });
  }, SWEEP_EVERY_MS);
  const governing = everyWhile(GOVERN_EVERY_MS, 'Settling imports and delivering revocations', async () => {
    await settleRuns();
    await deliverDue(sendGuarded);
  });
  const judging = everyWhile(GOVERN_EVERY_MS, 'Running the rules of findings', evaluateWhenChanged);
  await boss.work<{ run: string }>('import-run', { pollingIntervalSeconds: POLL_S }, async (jobs) => {
    for (const job of jobs) await importQueued(job.data.run);
    await settleRuns();
  });
  await boss.work('load-sample', { pollingIntervalSeconds: POLL_S }, async () => {
    await loadSample(
      systemActor('system', 'Sample'),
      () => undefined,
      () => undefined,
    );
    await settleRuns();
  });
  // An hourly signature bounds what could be cut off the audit log unseen.
  const signing = everyWhile(CHECKPOINT_EVERY_MS, 'Signing the audit log', async () => {
    await writeCheckpoint();
  });
  const watching = watch();
  return {
    stop: async () => {
      clearInterval(timer);
      await watching?.stop();
      await governing.stop();
      await signing.stop();
      await judging.stop();
      await boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS });
    },
  };
}

/** Reads the watched folder again and again, where there is one. */
function watch(): { stop: () => Promise<void> } | null {
  const folder = env().BAILIWICK_WATCH;
  if (folder === undefined) return null;
  const watched = new WatchedFolder(projectPath(folder));
  return everyWhile(WATCH_EVERY_MS, 'Reading the watched folder', async () => {
    if ((await watched.look()) > 0) await settleRuns();
  });
}

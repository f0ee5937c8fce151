import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction, pool } from '#lib/db/client.ts';
import { findRun } from './find-run.ts';
import { readRunResult } from './read-run-result.ts';
import type { RunResult } from './run-result.ts';
import { dropStage } from './stage-tables.ts';

/** Stops a run that has not taken effect. One that is being read notices within half a second; nothing of it stays. */
export async function cancelRun(actor: Actor, publicId: string): Promise<RunResult> {
  assertMay(actor, 'source.manage');
  const run = await findRun(actor, publicId);
  const isDryRun = run.dryRun && (run.state === 'done' || run.state === 'unchanged');
  const isRead = run.state === 'reading' || run.state === 'checking';
  await inTransaction(async (tx) => {
    const cancelled = await tx.run.updateMany({
      where: {
        id: run.id,
        OR: [
          { state: { in: ['queued', 'reading', 'checking', 'needs_confirmation'] } },
          ...(isDryRun ? [{ state: run.state, dryRun: true }] : []),
        ],
      },
      data: { state: 'cancelled', finishedAt: new Date(), message: 'Cancelled. Nothing was imported.' },
    });
    if (cancelled.count === 0)
      throw new AppError(
        'conflict',
        'This run is over; there is nothing to cancel. A finished run can be undone.',
      );
    await record(tx, actor, {
      action: 'run.cancel',
      subject: `run:${publicId}`,
      before: { state: run.state },
      after: { state: 'cancelled' },
    });
  });
  // While a process still reads, the tables are its own to drop.
  if (!isRead) await dropStage(pool(), run.id);
  return readRunResult(publicId);
}

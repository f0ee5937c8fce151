import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction } from '#lib/db/client.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';

/**
 * Asks the worker to load the sample organisation. Throws `conflict` in an installation that has sources, so that
 * invented things never stand among real ones.
 */
export async function requestSample(actor: Actor): Promise<{ started: true }> {
  assertMay(actor, 'settings.manage');
  await inTransaction(async (tx) => {
    if ((await tx.source.count({ take: 1 })) > 0)
      throw new AppError(
        'conflict',
        'There are sources here already, so the sample was not loaded among them.',
      );
    await record(tx, actor, { action: 'sample.request', subject: 'sample' });
  });
  await enqueue('load-sample', {}, 'sample');
  return { started: true };
}

import { LOCKS } from '#lib/db/locks.ts';
import pg from 'pg';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import { commitRun } from './commit-run.ts';
import { findRun } from './find-run.ts';
import { readRunResult } from './read-run-result.ts';
import type { RunResult } from './run-result.ts';
import { hasStage } from './stage-tables.ts';

/**
 * Makes a staged run take effect: one that waits for a yes because it would end much, or one that was a dry run. What
 * was staged is checked against the state of now, not of then. A dry run that would end much still asks.
 */
export async function confirmRun(actor: Actor, publicId: string): Promise<RunResult> {
  assertMay(actor, 'source.manage');
  const run = await findRun(actor, publicId);
  const isDryRun = run.dryRun && (run.state === 'done' || run.state === 'unchanged');
  if (run.state !== 'needs_confirmation' && !isDryRun)
    throw new AppError('conflict', 'This run does not wait for a confirmation any more.');
  const client = new pg.Client({ connectionString: databaseUrl() });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const lease = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      LOCKS.runLease,
      run.id,
    ]);
    if (lease.rows[0]?.taken !== true)
      throw new AppError('conflict', 'Somebody else is confirming this run right now.');
    // Seen again under the lease: another confirmation may have come first.
    const current = await findRun(actor, publicId);
    if (current.state !== run.state || current.dryRun !== run.dryRun)
      throw new AppError('conflict', 'This run does not wait for a confirmation any more.');
    if (!(await hasStage(client, run.id)))
      throw new AppError('conflict', 'What was read for this run is not kept any more. Import it again.');
    await db().run.update({ where: { id: run.id }, data: { state: 'committing', dryRun: false } });
    const staged = {
      ...{ id: run.id, publicId, sourceId: run.sourceId, sourceName: run.source.name, format: run.format },
      ...{ asOf: run.asOf, isAuthoritative: run.source.ownershipAuthoritative },
      ...{ dryRun: false, confirmShrink: run.state === 'needs_confirmation' },
    };
    await commitRun(client, staged, actor).catch(async (error: unknown) => {
      await db().run.update({ where: { id: run.id }, data: { state: run.state, dryRun: run.dryRun } });
      throw error;
    });
    return await readRunResult(publicId);
  } finally {
    await client.end().catch(() => undefined);
  }
}

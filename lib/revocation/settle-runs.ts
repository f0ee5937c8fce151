import { z } from 'zod';
import { systemActor } from '#lib/authz/actor.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import { reopenLapsed } from '#lib/ownership/reopen-lapsed.ts';
import { suggestFromNeighbours, syncOwnership } from '#lib/ownership/sync-ownership.ts';
import { confirmRevocations } from './confirm-revocations.ts';

const SETTLE_TIMEOUT_MS = 120_000;
const MARK = 'settled_runs';
const markSchema = z.object({ at: z.string(), id: z.number() });

/**
 * Draws the consequences of the imports that were committed since the last time: owners and `owns` edges in line with the
 * claims, owners suggested for what depends on something owned, revocations proven, reopened or silent. How far it has
 * come is kept with the consequences, so that a process that dies in between loses and repeats nothing; imports commit
 * one after the other, so none is passed over. Any process may call it at any time; called by the worker and the command
 * line. Gives how many imports it settled.
 */
export async function settleRuns(): Promise<number> {
  const settled = await inTransaction(settlePending, SETTLE_TIMEOUT_MS);
  if (settled > 0) await reopenLapsed(systemActor('system', 'Import'));
  return settled;
}

async function settlePending(tx: Tx): Promise<number> {
  await tx.$executeRaw`
    INSERT INTO setting (name, value, updated_at) VALUES (${MARK}, '{"at": "-infinity", "id": 0}', now()) ON CONFLICT DO NOTHING`;
  const [row] = await tx.$queryRaw<{ value: unknown }[]>`
    SELECT value FROM setting WHERE name = ${MARK} FOR UPDATE`;
  const mark = markSchema.parse(row?.value);
  const runs = await tx.$queryRaw<{ id: number; at: string; changed: boolean }[]>`
    SELECT id, finished_at::text AS at, state = 'done' AS changed FROM run
    WHERE state IN ('done', 'unchanged') AND NOT dry_run AND (finished_at, id) > (${mark.at}::timestamptz, ${mark.id})
    ORDER BY finished_at, id`;
  const last = runs.at(-1);
  if (!last) return 0;
  // Ownership follows from the graph as it is now, so once does for all of them.
  if (runs.some((run) => run.changed)) {
    await tx.$executeRaw`ANALYZE node, edge, ownership_claim`;
    await syncOwnership(tx, null);
    await suggestFromNeighbours(tx, null);
  }
  const next = JSON.stringify({ at: last.at, id: last.id });
  await tx.$executeRaw`UPDATE setting SET value = ${next}::jsonb, updated_at = now() WHERE name = ${MARK}`;
  for (const run of runs) await confirmRevocations(tx, run.id);
  return runs.length;
}

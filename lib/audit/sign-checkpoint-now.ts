import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { inTransaction } from '#lib/db/client.ts';
import { writeCheckpoint } from './checkpoints.ts';
import { record } from './record.ts';

/** Signs a checkpoint because somebody asked; that they asked is its last row. */
export async function signCheckpointNow(actor: Actor): Promise<{ note: string | null }> {
  assertMay(actor, 'settings.manage');
  await inTransaction((tx) => record(tx, actor, { action: 'audit.checkpoint', subject: 'audit' }));
  return { note: await writeCheckpoint() };
}

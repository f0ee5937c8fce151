import type { Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { readRun } from './read-runs.ts';

export type RejectedRow = { file: string; number: number; reason: string; excerpt: string };

/** All rejected records of a run that were kept, with their secrets masked, in the order of the input. */
export async function allRejections(actor: Actor, publicId: string): Promise<RejectedRow[]> {
  await readRun(actor, publicId);
  const rows = await db().rejection.findMany({ where: { run: { publicId } }, orderBy: { id: 'asc' } });
  return rows.map(({ file, number, reason, excerpt }) => ({ file, number: Number(number), reason, excerpt }));
}

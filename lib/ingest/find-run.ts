import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import type { Run, Source } from '#lib/db/generated/client.ts';

/** The run with its source, or the answer for what is missing and for what a token may not see. */
export async function findRun(actor: Actor, publicId: string): Promise<Run & { source: Source }> {
  const run = await db().run.findUnique({ where: { publicId }, include: { source: true } });
  if (!run || (actor.sourceIds !== null && !actor.sourceIds.includes(run.sourceId))) throw notFound('run');
  return run;
}

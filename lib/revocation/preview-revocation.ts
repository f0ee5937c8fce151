import { assertMay, type Actor } from '#lib/authz/actor.ts';
import type { ReachReader } from '#lib/campaigns/reach.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { rehearse } from './rehearse.ts';
import { findUnderWay, loadRequestable } from './request-revocation.ts';
import type { RevocationPreview } from './schema.ts';

/** What revoking this would mean, before anybody asks for it; nothing is written. */
export async function previewRevocation(
  actor: Actor,
  input: { key: string; edgeId: number | null },
  reach: ReachReader,
  clock: Clock = systemClock,
): Promise<RevocationPreview> {
  assertMay(actor, 'revocation.request');
  const node = await db().node.findUnique({ where: { key: input.key }, select: { id: true } });
  if (node === null) throw notFound('identity, credential or permission');
  const subject = await loadRequestable(db(), actor, { nodeId: node.id, edgeId: input.edgeId });
  const summary = (await reach([subject.nodeId])).get(subject.nodeId);
  return {
    subject,
    rehearsal: await rehearse(db(), subject, clock()),
    reach: summary ?? null,
    underWay: await findUnderWay(db(), subject),
  };
}

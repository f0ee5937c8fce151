import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { Subject } from '#lib/usage/use-selectors.ts';
import { loadSubjects } from './load-subject.ts';
import { rehearse } from './rehearse.ts';
import type { RequestRevocation, RevocationSubject } from './schema.ts';
import { assertWebhook } from './webhook-store.ts';

/** Asks for a revocation and rehearses it at once. Throws `conflict` when one is under way for the same thing. */
export async function requestRevocation(
  actor: Actor,
  input: RequestRevocation,
  clock: Clock = systemClock,
): Promise<{ id: string }> {
  assertMay(actor, 'revocation.request');
  return inTransaction(async (tx) => {
    const subject = await loadRequestable(tx, actor, input);
    await assertWebhook(tx, input.method, input.webhookId);
    const under = await findUnderWay(tx, subject);
    if (under !== null) {
      throw new AppError(
        'conflict',
        'A revocation of this is already under way. Open it instead of asking again.',
      );
    }
    const id = await createRehearsed(
      tx,
      actor,
      { ...input, nodeId: subject.nodeId, reviewItemId: null },
      clock,
    );
    return { id };
  });
}

type NewRevocation = Omit<RequestRevocation, 'edgeId'> & {
  edgeId: number | null;
  reviewItemId: string | null;
};

/**
 * Asks for a revocation on behalf of a review item, in the reviewer's transaction; gives the one that is under way for
 * the same thing where there is one.
 */
export async function requestFromReview(
  tx: Tx,
  actor: Actor,
  input: Subject & { reason: string; reviewItemId: string },
  clock: Clock,
): Promise<string> {
  const under = await findUnderWay(tx, input);
  if (under !== null) return under;
  return createRehearsed(tx, actor, { ...input, method: 'manual', webhookId: null }, clock);
}

async function createRehearsed(tx: Tx, actor: Actor, input: NewRevocation, clock: Clock): Promise<string> {
  const now = clock();
  const id = newId('rev');
  const rehearsal = await rehearse(tx, input, now);
  await tx.revocation.create({
    data: {
      id,
      nodeId: input.nodeId,
      edgeId: input.edgeId,
      reviewItemId: input.reviewItemId,
      state: 'rehearsed',
      reason: input.reason,
      requestedBy: actor.id,
      requestedAt: now,
      rehearsal,
      rehearsedAt: now,
      method: input.method,
      webhookId: input.webhookId,
      steps: {
        create: [
          { state: 'planned', by: actor.id, note: input.reason, at: now },
          { state: 'rehearsed', by: 'system', note: rehearsal.verdict, at: now },
        ],
      },
    },
  });
  await record(tx, actor, {
    action: 'revocation.request',
    subject: `revocation:${id}`,
    after: {
      nodeId: input.nodeId,
      edgeId: input.edgeId,
      reviewItem: input.reviewItemId,
      method: input.method,
      verdict: rehearsal.verdict,
    },
    reason: input.reason,
  });
  return id;
}

/** An owner asks for what they own, or what reaches what they own; for them everything else does not exist. */
export async function loadRequestable(tx: Tx, actor: Actor, input: Subject): Promise<RevocationSubject> {
  const [subject] = await loadSubjects(tx, [input]);
  if (!subject || !(await ownsEither(tx, actor, subject)))
    throw notFound('identity, credential or permission');
  if (!subject.live) throw new AppError('conflict', 'It is already gone: no source asserts it any more.');
  return subject;
}

async function ownsEither(tx: Tx, actor: Actor, subject: RevocationSubject): Promise<boolean> {
  if (actor.scope.kind === 'all') return true;
  const keys = [subject.key, ...(subject.permission ? [subject.permission.to.key] : [])];
  const owned = await tx.node.count({
    where: { key: { in: keys }, ownerId: { in: [...actor.scope.ownerIds] } },
  });
  return owned > 0;
}

/** The revocation that is under way for exactly this thing; null: none. */
export async function findUnderWay(tx: Tx, { nodeId, edgeId }: Subject): Promise<string | null> {
  const row = await tx.revocation.findFirst({
    where: { nodeId, edgeId, state: { notIn: ['proven', 'rolled_back', 'rejected', 'cancelled'] } },
    select: { id: true },
  });
  return row?.id ?? null;
}

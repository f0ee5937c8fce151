import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import { handOver, type HandOver } from './hand-over.ts';
import { endAccepted, endOf, settleAccepted, type NamedPeople } from './settle-accepted.ts';
import { actsFor, loadOwners, lockOwnable } from './store.ts';
import { syncOwnership } from './sync-ownership.ts';

type Assignment = NamedPeople & { ownerId: number; reason: string; expiresAt: string | null };

/**
 * Names the owner by hand. Security assigns anything to anybody; an owner only names the person and the backup for what
 * is theirs already.
 */
export async function assignOwner(
  actor: Actor,
  nodeId: number,
  input: Assignment,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'ownership.decide');
  await inTransaction(async (tx) => {
    const node = await lockOwnable(tx, actor, nodeId);
    await assertMayAssign(tx, actor, nodeId, input.ownerId);
    const owner = (await loadOwners(tx, [input.ownerId])).get(input.ownerId);
    const now = clock();
    const decided = {
      state: 'accepted' as const,
      evidence: `${actor.name} named ${owner?.name ?? 'the owner'}: ${input.reason}`,
      decidedBy: actor.id,
      decidedAt: now,
      reason: input.reason,
      expiresAt: endOf(input.expiresAt, now),
    };
    const key = { nodeId, ownerId: input.ownerId, basis: 'assigned' };
    await endAccepted(tx, nodeId);
    const claim = await tx.ownershipClaim.upsert({
      where: { nodeId_ownerId_basis: key },
      create: { id: newId('clm'), ...key, confidence: 1, ...decided },
      update: { ...decided, confidence: 1 },
    });
    const before = await settleAccepted(tx, claim, input);
    await record(tx, actor, {
      action: 'ownership.assign',
      subject: `node:${node.key}`,
      before: { ownerId: before },
      after: { ownerId: input.ownerId, personId: input.personId, backupId: input.backupId },
      reason: input.reason,
    });
  });
}

async function assertMayAssign(tx: Tx, actor: Actor, nodeId: number, ownerId: number): Promise<void> {
  if (actor.scope.kind === 'all') return;
  const node = await tx.node.findUniqueOrThrow({ where: { id: nodeId }, select: { ownerId: true } });
  if (node.ownerId === null || !actsFor(actor, node.ownerId) || node.ownerId !== ownerId) {
    throw new AppError(
      'forbidden',
      'You can name the person and the backup for what your team owns. To give it to another team, hand it over.',
    );
  }
}

/** The owner says that it is not theirs and does not know whose: it is nobody's again, and in dispute until somebody decides. */
export async function disputeOwnership(
  actor: Actor,
  nodeId: number,
  reason: string,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'ownership.decide');
  await inTransaction(async (tx) => {
    const node = await lockOwnable(tx, actor, nodeId);
    const claim = await tx.ownershipClaim.findFirst({ where: { nodeId, state: 'accepted' } });
    if (claim === null) throw new AppError('conflict', 'Nobody owns it, so there is nothing to dispute.');
    if (!actsFor(actor, claim.ownerId)) throw notFound('accepted claim of yours');
    await tx.ownershipClaim.update({
      where: { id: claim.id },
      data: { state: 'disputed', decidedBy: actor.id, decidedAt: clock(), reason },
    });
    await syncOwnership(tx, [nodeId]);
    const before = { ownerId: claim.ownerId };
    await record(tx, actor, { action: 'ownership.dispute', subject: `node:${node.key}`, before, reason });
  });
}

/** Not mine, theirs: see `handOver`. */
export async function handOverOwnership(
  actor: Actor,
  nodeId: number,
  input: { toOwnerId: number; reason: string },
  clock: Clock = systemClock,
): Promise<HandOver> {
  assertMay(actor, 'ownership.decide');
  return inTransaction(async (tx) => {
    const node = await lockOwnable(tx, actor, nodeId);
    const result = await handOver(tx, actor, { nodeId, ...input }, clock());
    await record(tx, actor, {
      action: 'ownership.hand_over',
      subject: `node:${node.key}`,
      after: { toOwnerId: input.toOwnerId, outcome: result.outcome, loop: result.loop },
      reason: input.reason,
    });
    return result;
  });
}

import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { OwnershipClaim } from '#lib/db/generated/client.ts';
import { endAccepted, endOf, settleAccepted, type NamedPeople } from './settle-accepted.ts';
import { actsFor, lockOwnable } from './store.ts';

type Acceptance = NamedPeople & { reason: string; expiresAt: string | null };

/**
 * Makes a suggested claim the record: the node gets this owner, every other open claim on it ends. An owner accepts what
 * names them; security accepts any, disputed ones too, which settles the dispute.
 */
export async function acceptClaim(
  actor: Actor,
  claimId: string,
  input: Acceptance,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'ownership.decide');
  await inTransaction((tx) => acceptOne(tx, actor, claimId, input, clock()));
}

/** Accepts many at once, all or none. Throws `conflict` with the name of the first that cannot be accepted any more. */
export async function acceptClaims(
  actor: Actor,
  claimIds: readonly string[],
  reason: string,
  clock: Clock = systemClock,
): Promise<{ accepted: number }> {
  assertMay(actor, 'ownership.decide');
  const input = { reason, expiresAt: null, personId: null, backupId: null };
  return inTransaction(async (tx) => {
    for (const claimId of [...new Set(claimIds)].sort()) {
      await acceptOne(tx, actor, claimId, input, clock());
    }
    return { accepted: new Set(claimIds).size };
  }, 60_000);
}

async function acceptOne(tx: Tx, actor: Actor, claimId: string, input: Acceptance, now: Date): Promise<void> {
  const { claim, nodeKey, nodeName } = await lockClaim(tx, actor, claimId);
  const open = claim.state === 'suggested' || (claim.state === 'disputed' && actor.scope.kind === 'all');
  if (!open) {
    throw new AppError(
      'conflict',
      `The suggestion for ${nodeName} is ${claim.state} already. Reload and look.`,
    );
  }
  const expiresAt = endOf(input.expiresAt, now);
  await endAccepted(tx, claim.nodeId);
  await tx.ownershipClaim.update({
    where: { id: claimId },
    data: { state: 'accepted', decidedBy: actor.id, decidedAt: now, reason: input.reason || null, expiresAt },
  });
  const before = await settleAccepted(tx, claim, input);
  await record(tx, actor, {
    action: 'ownership.accept',
    subject: `node:${nodeKey}`,
    before: { ownerId: before },
    after: { ownerId: claim.ownerId, claim: claimId, basis: claim.basis, expiresAt: expiresAt.toISOString() },
    ...(input.reason ? { reason: input.reason } : {}),
  });
}

/** Says that a suggested owner is not the owner. */
export async function rejectClaim(
  actor: Actor,
  claimId: string,
  reason: string,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'ownership.decide');
  await inTransaction(async (tx) => {
    const { claim, nodeKey } = await lockClaim(tx, actor, claimId);
    if (claim.state !== 'suggested' && claim.state !== 'disputed') {
      throw new AppError('conflict', `The claim is ${claim.state}; only an open suggestion can be rejected.`);
    }
    await tx.ownershipClaim.update({
      where: { id: claimId },
      data: { state: 'rejected', decidedBy: actor.id, decidedAt: clock(), reason },
    });
    const after = { claim: claimId, ownerId: claim.ownerId };
    await record(tx, actor, { action: 'ownership.reject', subject: `node:${nodeKey}`, after, reason });
  });
}

type LockedClaim = { claim: OwnershipClaim; nodeKey: string; nodeName: string };

/** The claim, its node locked; only one that names the actor where the actor is an owner. */
async function lockClaim(tx: Tx, actor: Actor, claimId: string): Promise<LockedClaim> {
  const known = await tx.ownershipClaim.findUnique({ where: { id: claimId } });
  if (known === null || !actsFor(actor, known.ownerId)) throw notFound('ownership claim');
  const node = await lockOwnable(tx, actor, known.nodeId);
  const claim = await tx.ownershipClaim.findUniqueOrThrow({ where: { id: claimId } });
  return { claim, nodeKey: node.key, nodeName: node.name };
}

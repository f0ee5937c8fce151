import type { Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import type { Tx } from '#lib/db/client.ts';
import type { OwnershipClaim } from '#lib/db/generated/client.ts';
import { loopClosedBy, passBasis, passesOf } from './rules.ts';
import { actsFor, loadOpenClaims, loadOwners } from './store.ts';
import { syncOwnership } from './sync-ownership.ts';

export type HandOver = {
  /** `suggested`: it waits for the other side. `arbitration`: it was going round, and security decides. */
  outcome: 'suggested' | 'arbitration';
  /** Names of the owners it went round between; empty: no loop. */
  loop: string[];
};

/**
 * Passes a thing to another owner. An accepted owner stays accountable until the other side accepts, so that nothing is
 * nobody's meanwhile. A pass that would send it back to somebody who already passed it on goes to arbitration instead:
 * every open claim becomes disputed.
 */
export async function handOver(
  tx: Tx,
  actor: Actor,
  input: { nodeId: number; fromOwnerId?: number; toOwnerId: number; reason: string },
  now: Date,
): Promise<HandOver> {
  const { nodeId, toOwnerId, reason } = input;
  const open = await loadOpenClaims(tx, nodeId);
  const from = senderOf(
    actor,
    input.fromOwnerId === undefined ? open : open.filter((claim) => claim.ownerId === input.fromOwnerId),
  );
  if (from.ownerId === toOwnerId) throw new AppError('invalid_input', 'It is with them already.');
  const owners = await loadOwners(tx, [toOwnerId]);
  const all = await tx.ownershipClaim.findMany({ where: { nodeId }, select: { basis: true, ownerId: true } });
  const loop = loopClosedBy(passesOf(all), { from: from.ownerId, to: toOwnerId });
  const decided = { decidedBy: actor.id, decidedAt: now, reason };
  if (loop !== null) {
    await tx.ownershipClaim.updateMany({
      where: { nodeId, state: { in: ['suggested', 'accepted'] } },
      data: { state: 'disputed', ...decided },
    });
    await syncOwnership(tx, [nodeId]);
    return { outcome: 'arbitration', loop: await namesOf(tx, loop) };
  }
  await tx.ownershipClaim.updateMany({
    where: { nodeId, ownerId: from.ownerId, state: { in: ['suggested', 'disputed'] } },
    data: { state: 'rejected', ...decided },
  });
  const key = { nodeId, ownerId: toOwnerId, basis: passBasis(from.ownerId) };
  const [sender] = await namesOf(tx, [from.ownerId]);
  const suggestion = {
    evidence: `${sender ?? 'The owner'} handed it over to ${owners.get(toOwnerId)?.name ?? 'them'}: ${reason}`,
    state: 'suggested' as const,
    confidence: 0.8,
  };
  await tx.ownershipClaim.upsert({
    where: { nodeId_ownerId_basis: key },
    create: { id: newId('clm'), ...key, ...suggestion },
    update: suggestion,
  });
  return { outcome: 'suggested', loop: [] };
}

/** On whose behalf it is passed on: the accepted owner, else the best suggestion, of those that the actor acts for. */
function senderOf(actor: Actor, open: readonly OwnershipClaim[]): OwnershipClaim {
  const own = open.filter((claim) => actsFor(actor, claim.ownerId));
  const claim = own.find(({ state }) => state === 'accepted') ?? own[0];
  if (!claim)
    throw new AppError('conflict', 'Nobody holds it who could hand it over. Assign an owner instead.');
  return claim;
}

async function namesOf(tx: Tx, ids: readonly number[]): Promise<string[]> {
  const rows = await tx.node.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } });
  const names = new Map(rows.map((row) => [row.id, row.name]));
  return ids.map((id) => names.get(id) ?? `node ${id}`);
}

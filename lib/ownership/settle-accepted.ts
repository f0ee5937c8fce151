import { AppError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/client.ts';
import { ownershipEnd } from './rules.ts';
import { loadOwners } from './store.ts';
import { suggestFromNeighbours, syncOwnership } from './sync-ownership.ts';

/** The person who answers for it in the team, and who stands in. */
export type NamedPeople = { personId: number | null; backupId: number | null };

/**
 * After a claim was accepted: ends the node's other open claims, writes the owner to the node and the graph, and lets
 * what depends on it be suggested to the same owner. Gives the owner before.
 */
export async function settleAccepted(
  tx: Tx,
  claim: { id: string; nodeId: number; ownerId: number },
  people: NamedPeople,
): Promise<number | null> {
  const named = [people.personId, people.backupId].filter((id) => id !== null);
  await loadOwners(tx, named, ['person']);
  const before = await tx.node.findUniqueOrThrow({ where: { id: claim.nodeId }, select: { ownerId: true } });
  await tx.ownershipClaim.updateMany({
    where: {
      nodeId: claim.nodeId,
      id: { not: claim.id },
      state: { in: ['suggested', 'accepted', 'disputed'] },
    },
    data: { state: 'ended' },
  });
  await syncOwnership(tx, [claim.nodeId]);
  await tx.node.update({
    where: { id: claim.nodeId },
    data: { ownerPersonId: people.personId, ownerBackupId: people.backupId },
  });
  await suggestFromNeighbours(tx, [claim.nodeId]);
  return before.ownerId;
}

/** Makes room for another accepted claim: a node has one at most. */
export async function endAccepted(tx: Tx, nodeId: number): Promise<void> {
  await tx.ownershipClaim.updateMany({ where: { nodeId, state: 'accepted' }, data: { state: 'ended' } });
}

/** The end of an ownership; throws `invalid_input` when the one that was chosen has passed. */
export function endOf(chosen: string | null, now: Date): Date {
  const end = ownershipEnd(chosen === null ? null : new Date(chosen), now);
  if (end === null) throw new AppError('invalid_input', 'The end of the ownership has to lie in the future.');
  return end;
}

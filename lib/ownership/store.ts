import type { Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/client.ts';
import { Prisma, type OwnershipClaim } from '#lib/db/generated/client.ts';
import { OWNABLE_KINDS } from './schema.ts';

/** What must have an owner, as a condition on `node n`: live, not run by the provider, and of an ownable kind. */
export const OWNABLE = Prisma.sql`(n.valid_to IS NULL AND NOT n.managed
  AND n.kind = ANY(${[...OWNABLE_KINDS]}::node_kind[]))`;

/** What the actor may see in Ownership, as a condition on `node n`: what is theirs, or waits for their word. */
export function visibleNodes(actor: Actor): Prisma.Sql {
  if (actor.scope.kind === 'all') return Prisma.sql`true`;
  const owners = [...actor.scope.ownerIds];
  return Prisma.sql`(n.owner_id = ANY(${owners}::int[]) OR EXISTS (
    SELECT 1 FROM ownership_claim mine WHERE mine.node_id = n.id
      AND mine.owner_id = ANY(${owners}::int[]) AND mine.state IN ('suggested', 'disputed')))`;
}

/** Locks the node until the end of the transaction, so that decisions about it come one after the other. */
export async function lockOwnable(
  tx: Tx,
  actor: Actor,
  nodeId: number,
): Promise<{ id: number; key: string; name: string }> {
  const [row] = await tx.$queryRaw<{ id: number; key: string; name: string }[]>`
    SELECT n.id, n.key, n.name FROM node n
    WHERE n.id = ${nodeId} AND ${OWNABLE} AND ${visibleNodes(actor)} FOR UPDATE`;
  if (!row) throw notFound('identity or credential');
  return row;
}

export const actsFor = (actor: Actor, ownerId: number): boolean =>
  actor.scope.kind === 'all' || actor.scope.ownerIds.includes(ownerId);

/** Claims on the node that are not over. */
export function loadOpenClaims(tx: Tx, nodeId: number): Promise<OwnershipClaim[]> {
  return tx.ownershipClaim.findMany({
    where: { nodeId, state: { in: ['suggested', 'accepted', 'disputed'] } },
    orderBy: [{ confidence: 'desc' }, { id: 'asc' }],
  });
}

/** Accountable nodes by id: live teams and people. Throws when one is missing or of another kind. */
export async function loadOwners(
  tx: Tx,
  ids: readonly number[],
  kinds: readonly ('team' | 'person')[] = ['team', 'person'],
): Promise<Map<number, { id: number; key: string; name: string }>> {
  const rows = await tx.node.findMany({
    where: { id: { in: [...ids] }, kind: { in: [...kinds] }, validTo: null },
    select: { id: true, key: true, name: true },
  });
  const found = new Map(rows.map((row) => [row.id, row]));
  if (ids.some((id) => !found.has(id))) throw notFound(kinds.join(' or '));
  return found;
}

import { AppError, notFound } from '#lib/core/errors.ts';
import type { Actor } from '#lib/authz/actor.ts';
import type { Tx } from '#lib/db/client.ts';
import type { Prisma, Revocation } from '#lib/db/generated/client.ts';
import type { RevocationState } from '#lib/db/generated/enums.ts';
import { mayFollow } from './rules.ts';

const CHANGED = 'Somebody changed this revocation at the same time. Reload and look.';

/** The revocation for a change: locked until the end of the transaction, and only when the actor may see it. */
export async function lockRevocation(tx: Tx, actor: Actor, id: string): Promise<Revocation> {
  await tx.$queryRaw`SELECT 1 FROM revocation WHERE id = ${id} FOR UPDATE`;
  return loadRevocation(tx, actor, id);
}

/** Throws `not_found` for what does not exist and for what the actor may not see. */
export async function loadRevocation(tx: Tx, actor: Actor, id: string): Promise<Revocation> {
  const row = await tx.revocation.findUnique({ where: { id } });
  if (row === null || !(await isVisible(tx, actor, row))) throw notFound('revocation');
  return row;
}

/** An owner sees what concerns things of theirs: the thing itself, either end of the permission, or their own request. */
async function isVisible(tx: Tx, actor: Actor, row: Revocation): Promise<boolean> {
  if (actor.scope.kind === 'all' || row.requestedBy === actor.id) return true;
  const owners = [...actor.scope.ownerIds];
  const [found] = await tx.$queryRaw<{ visible: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM node WHERE owner_id = ANY(${owners}::int[]) AND (id = ${row.nodeId}
        OR id IN (SELECT unnest(ARRAY[from_id, to_id]) FROM edge WHERE id = ${row.edgeId}))
    ) AS visible`;
  return found?.visible === true;
}

type Change = Prisma.RevocationUncheckedUpdateManyInput;

/** Moves a revocation on by one step and writes the step down; a change in between is a conflict. */
export async function moveRevocation(
  tx: Tx,
  row: Revocation,
  to: RevocationState,
  by: string,
  note: string,
  change: Change = {},
): Promise<void> {
  if (!mayFollow(row.state, to)) {
    throw new AppError('conflict', `A revocation that is ${words(row.state)} cannot become ${words(to)}.`);
  }
  await saveRevocation(tx, row, { ...change, state: to });
  await tx.revocationStep.create({ data: { revocationId: row.id, state: to, by, note } });
}

/** Changes a revocation without moving it; a change in between is a conflict. */
export async function saveRevocation(tx: Tx, row: Revocation, change: Change): Promise<void> {
  const { count } = await tx.revocation.updateMany({
    where: { id: row.id, version: row.version },
    data: { ...change, version: row.version + 1 },
  });
  if (count !== 1) throw new AppError('conflict', CHANGED);
}

export function assertVersion(row: Revocation, version: number): void {
  if (row.version !== version) throw new AppError('conflict', CHANGED);
}

/** The person who stands behind an actor id: for an API token whoever made it. */
export async function personBehind(tx: Tx, actorId: string): Promise<string> {
  if (!actorId.startsWith('tok_')) return actorId;
  const token = await tx.apiToken.findUnique({ where: { id: actorId }, select: { createdBy: true } });
  return token?.createdBy ?? actorId;
}

const words = (state: RevocationState): string => state.replaceAll('_', ' ');

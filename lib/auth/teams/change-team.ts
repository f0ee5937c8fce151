import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';

type TeamInput = { name: string; nodeKey: string | null };

/** Creates a team. What its node owns is what its members see and answer for. */
export function createTeam(actor: Actor, input: TeamInput): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const { id } = await tx.team.create({ data: { id: newId('tem'), ...input } });
    await record(tx, actor, { action: 'team.create', subject: `team:${id}`, after: input });
    return { id };
  });
}

export function changeTeam(actor: Actor, teamId: string, input: TeamInput): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const { name, nodeKey } = await teamOrNotFound(tx, teamId);
    await tx.team.update({ where: { id: teamId }, data: input });
    const entry = {
      action: 'team.change',
      subject: `team:${teamId}`,
      before: { name, nodeKey },
      after: input,
    };
    await record(tx, actor, entry);
    return { id: teamId };
  });
}

/** Removes a team and its memberships; what the trust graph says of its node stays. */
export function removeTeam(actor: Actor, teamId: string): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const { name, nodeKey } = await teamOrNotFound(tx, teamId);
    await tx.team.delete({ where: { id: teamId } });
    await record(tx, actor, { action: 'team.remove', subject: `team:${teamId}`, before: { name, nodeKey } });
    return { id: teamId };
  });
}

/** Adds a person to a team, or changes whether they lead it. It holds from their next request. */
export function putTeamMember(
  actor: Actor,
  { teamId, userId }: { teamId: string; userId: string },
  lead: boolean,
): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    await teamOrNotFound(tx, teamId);
    if ((await tx.user.count({ where: { id: userId } })) === 0) throw notFound('user');
    await tx.teamMember.upsert({
      where: { teamId_userId: { teamId, userId } },
      create: { teamId, userId, lead },
      update: { lead, claimed: false },
    });
    await record(tx, actor, {
      action: 'team.join',
      subject: `team:${teamId}`,
      after: { user: userId, lead },
    });
    return { id: teamId };
  });
}

export function removeTeamMember(
  actor: Actor,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const { count } = await tx.teamMember.deleteMany({ where: { teamId, userId } });
    if (count === 0) throw notFound('member');
    await record(tx, actor, { action: 'team.leave', subject: `team:${teamId}`, before: { user: userId } });
    return { id: teamId };
  });
}

async function teamOrNotFound(tx: Tx, teamId: string) {
  const team = await tx.team.findUnique({ where: { id: teamId } });
  if (!team) throw notFound('team');
  return team;
}

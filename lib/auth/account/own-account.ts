import { record } from '#lib/audit/record.ts';
import { assertGoodPassword, hashPassword, verifyPassword } from '#lib/auth/passwords.ts';
import { assertWithinRate } from '#lib/auth/rate-limit.ts';
import { endSessions } from '#lib/auth/sessions.ts';
import { roleTitle, type Actor } from '#lib/authz/actor.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import type { AccountView } from './schema.ts';

const ATTEMPTS = { windowSeconds: 15 * 60, requestsMax: 10 };

/** Whoever is signed in, their teams, and where else they are signed in. */
export async function getAccount(actor: Actor): Promise<AccountView> {
  const user = await db().user.findUnique({
    where: { id: actor.id },
    include: {
      memberships: { include: { team: true } },
      sessions: { where: { endedAt: null, expiresAt: { gt: new Date() } }, orderBy: { lastSeenAt: 'desc' } },
    },
  });
  if (!user) throw notFound('account');
  return {
    id: user.id,
    name: user.name,
    email: user.email,
    role: roleTitle(user.role),
    hasPassword: user.passwordHash !== null,
    teams: user.memberships.map(({ team, lead }) => ({ id: team.id, name: team.name, lead })),
    sessions: user.sessions
      .filter((session) => session.sessionVersion === user.sessionVersion)
      .map(({ id, createdAt, lastSeenAt, expiresAt, address, userAgent }) => ({
        id,
        isThisOne: id === actor.sessionId,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address,
        userAgent,
      })),
  };
}

/** Ends one of one's own sessions. Another person's answers like one that does not exist. */
export function endOwnSession(actor: Actor, sessionId: string): Promise<{ ended: number }> {
  return inTransaction(async (tx) => {
    const ended = await endSessions(tx, { id: sessionId, userId: actor.id });
    if (ended === 0) throw notFound('session');
    await record(tx, actor, { action: 'session.end', subject: `session:${sessionId}` });
    return { ended };
  });
}

/** Ends all of one's sessions but this one. */
export function endOtherSessions(actor: Actor): Promise<{ ended: number }> {
  return inTransaction(async (tx) => {
    const ended = await endSessions(tx, { userId: actor.id, except: actor.sessionId ?? '' });
    if (ended > 0)
      await record(tx, actor, { action: 'session.end', subject: `user:${actor.id}`, after: { ended } });
    return { ended };
  });
}

/** Changes one's password. Every other session ends; this one goes on. */
export async function changeOwnPassword(
  actor: Actor,
  input: { current: string; password: string },
): Promise<{ ended: number }> {
  const user = await provePassword(actor, input.current, 'body.current');
  assertGoodPassword(input.password, user.email);
  const passwordHash = await hashPassword(input.password);
  return inTransaction(async (tx) => {
    const ended = await endSessions(tx, { userId: actor.id, except: actor.sessionId ?? '' });
    const data = { passwordHash, sessionVersion: { increment: 1 } };
    const { sessionVersion } = await tx.user.update({ where: { id: actor.id }, data });
    await tx.session.updateMany({ where: { id: actor.sessionId ?? '' }, data: { sessionVersion } });
    await record(tx, actor, {
      action: 'password.set',
      subject: `user:${actor.id}`,
      reason: 'changed by its owner',
    });
    return { ended };
  });
}

/** Proves again who sits at this session, for what needs a recent sign-in. */
export async function confirmIdentity(actor: Actor, password: string): Promise<{ confirmed: true }> {
  await provePassword(actor, password, 'body.password');
  return inTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE session SET authenticated_at = now() WHERE id = ${actor.sessionId ?? ''}`;
    await record(tx, actor, { action: 'session.confirm', subject: `session:${actor.sessionId ?? ''}` });
    return { confirmed: true };
  });
}

async function provePassword(actor: Actor, password: string, path: string) {
  await assertWithinRate(`password:${actor.id}`, ATTEMPTS);
  const user = await db().user.findUnique({ where: { id: actor.id } });
  if (!user) throw notFound('account');
  if (user.passwordHash === null)
    throw new AppError('conflict', 'You sign in through your organisation. Sign out and in again instead.');
  if (await verifyPassword(user.passwordHash, password)) return user;
  const message = 'This is not your current password.';
  throw new AppError('invalid_input', message, { fields: [{ path, message }] });
}

import { createHash, randomBytes } from 'node:crypto';
import { record } from '#lib/audit/record.ts';
import { createLocalUser } from '#lib/auth/create-local-user.ts';
import { assertGoodPassword, hashPassword } from '#lib/auth/passwords.ts';
import { assertWithinRate } from '#lib/auth/rate-limit.ts';
import { LOCAL_ISSUER } from '#lib/auth/sign-in-local.ts';
import { anonymousActor, assertMay, type Actor } from '#lib/authz/actor.ts';
import { assertRecentSignIn } from '#lib/authz/recent-sign-in.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { publicUrl } from '#lib/http/public-url.ts';
import type { InvitationView } from './schema.ts';

const VALID_HOURS = 72;
const CODE_BYTES = 24;
const ATTEMPTS = { windowSeconds: 15 * 60, requestsMax: 20 };

/** Creates an account without a password and a one-time link with which the person sets it. */
export function inviteUser(
  actor: Actor,
  person: { name: string; email: string; role: RoleName; teamIds: readonly string[] },
): Promise<InvitationView> {
  assertMay(actor, 'user.manage');
  assertRecentSignIn(actor);
  const { teamIds, ...who } = person;
  return inTransaction(async (tx) => {
    const userId = await createLocalUser(tx, actor, { ...who, password: null });
    await tx.teamMember.createMany({ data: teamIds.map((teamId) => ({ teamId, userId })) });
    return issue(tx, actor, userId);
  });
}

/** A new link for a local account: for whoever lost the first one or forgot the password. Older links stop working. */
export function reissueInvitation(actor: Actor, userId: string): Promise<InvitationView> {
  assertMay(actor, 'user.manage');
  assertRecentSignIn(actor);
  return inTransaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { id: userId } });
    if (!user) throw notFound('user');
    if (user.issuer !== LOCAL_ISSUER)
      throw new AppError(
        'conflict',
        'This person signs in through the organisation and has no password here.',
      );
    return issue(tx, actor, userId);
  });
}

async function issue(tx: Tx, actor: Actor, userId: string): Promise<InvitationView> {
  await tx.invitation.deleteMany({ where: { userId, usedAt: null } });
  const code = randomBytes(CODE_BYTES).toString('base64url');
  const expiresAt = new Date(Date.now() + VALID_HOURS * 3_600_000);
  const hash = Uint8Array.from(hashOf(code));
  await tx.invitation.create({ data: { id: newId('inv'), userId, hash, createdBy: actor.id, expiresAt } });
  await record(tx, actor, {
    action: 'user.invite',
    subject: `user:${userId}`,
    after: { expiresAt: expiresAt.toISOString() },
  });
  // Behind #, so that the code is in no server's log and no Referer.
  return {
    userId,
    link: `${publicUrl().origin}/sign-in/invitation#${code}`,
    expiresAt: expiresAt.toISOString(),
  };
}

/** Sets the password that belongs to a link; the link is used up and every session of the account ends. */
export async function acceptInvitation(
  input: { code: string; password: string },
  origin: { address: string | null; requestId: string },
): Promise<{ email: string }> {
  await assertWithinRate(`invitation:${origin.address ?? 'unknown'}`, ATTEMPTS);
  return inTransaction(async (tx) => {
    const [held] = await tx.$queryRaw<{ id: string; userId: string; email: string; name: string }[]>`
      SELECT i.id, u.id AS "userId", u.email, u.name FROM invitation i JOIN app_user u ON u.id = i.user_id
      WHERE i.hash = ${Uint8Array.from(hashOf(input.code))} AND i.used_at IS NULL AND i.expires_at > now()
        AND u.disabled_at IS NULL
      FOR UPDATE OF i`;
    if (!held)
      throw new AppError('not_found', 'This link is not valid any more. Ask whoever sent it for a new one.');
    assertGoodPassword(input.password, held.email);
    const passwordHash = await hashPassword(input.password);
    await tx.invitation.update({ where: { id: held.id }, data: { usedAt: new Date() } });
    await tx.user.update({
      where: { id: held.userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    const actor = { ...anonymousActor(origin.address, origin.requestId), id: held.userId, name: held.name };
    await record(tx, actor, { action: 'password.set', subject: `user:${held.userId}`, reason: 'invitation' });
    return { email: held.email };
  });
}

const hashOf = (code: string): Buffer => createHash('sha256').update(code, 'utf8').digest();

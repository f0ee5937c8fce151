import { LOCKS } from '#lib/db/locks.ts';
import { record } from '#lib/audit/record.ts';
import { LOCAL_ISSUER } from '#lib/auth/sign-in-local.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { assertRecentSignIn } from '#lib/authz/recent-sign-in.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';

/**
 * Changes name or role, or disables and enables. Role change and disablement end the person's sessions at their next
 * request. Nobody changes their own role or disables themselves, and one administrator always remains.
 */
export async function changeUser(
  actor: Actor,
  userId: string,
  change: { name?: string | undefined; role?: RoleName | undefined; disabled?: boolean | undefined },
): Promise<{ id: string }> {
  assertMay(actor, 'user.manage');
  assertRecentSignIn(actor);
  const { name, role, disabled } = change;
  if (actor.id === userId && (role !== undefined || disabled !== undefined))
    throw new AppError(
      'conflict',
      'Nobody changes their own role or disables themselves. Ask another administrator.',
    );
  await inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.administrators})`;
    const before = await tx.user.findUnique({ where: { id: userId } });
    if (!before) throw notFound('user');
    if (role !== undefined && role !== before.role && before.issuer !== LOCAL_ISSUER)
      throw new AppError(
        'conflict',
        'This role comes from single sign-on. Change the person’s groups there.',
      );
    const endsSessions = (role !== undefined && role !== before.role) || disabled === true;
    const after = await tx.user.update({
      where: { id: userId },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(disabled === undefined ? {} : { disabledAt: disabled ? new Date() : null }),
        ...(endsSessions ? { sessionVersion: { increment: 1 } } : {}),
      },
    });
    await assertAdministratorRemains(tx);
    const shown = (user: typeof before) => ({
      name: user.name,
      role: user.role,
      disabled: user.disabledAt !== null,
    });
    const entry = {
      action: 'user.change',
      subject: `user:${userId}`,
      before: shown(before),
      after: shown(after),
    };
    await record(tx, actor, entry);
  });
  return { id: userId };
}

async function assertAdministratorRemains(tx: Tx): Promise<void> {
  const left = await tx.user.count({ where: { role: 'administrator', disabledAt: null } });
  if (left === 0)
    throw new AppError(
      'conflict',
      'This would leave nobody who administers Bailiwick, so nothing was changed.',
    );
}

import { record } from '#lib/audit/record.ts';
import type { Actor } from '#lib/authz/actor.ts';
import { newId } from '#lib/core/ids.ts';
import type { Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { assertGoodPassword, hashPassword } from './passwords.ts';
import { LOCAL_ISSUER, normalEmail } from './sign-in-local.ts';

/**
 * Creates a local account and returns its id. Without a password it cannot sign in until an invitation is used.
 * Throws `conflict` when the e-mail address has an account, `invalid_input` on a weak password.
 */
export async function createLocalUser(
  tx: Tx,
  actor: Actor,
  person: { name: string; email: string; role: RoleName; password: string | null },
): Promise<string> {
  const email = normalEmail(person.email);
  if (person.password !== null) assertGoodPassword(person.password, email);
  const passwordHash = person.password === null ? null : await hashPassword(person.password);
  const { name, role } = person;
  const id = newId('usr');
  await tx.user.create({
    data: { id, issuer: LOCAL_ISSUER, subject: email, email, name, role, passwordHash },
  });
  await record(tx, actor, { action: 'user.create', subject: `user:${id}`, after: { email, name, role } });
  return id;
}

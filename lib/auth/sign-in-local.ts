import { record } from '#lib/audit/record.ts';
import { anonymousActor } from '#lib/authz/actor.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { fingerprint } from './instance-keys.ts';
import { PASSWORD_LENGTH_MAX, verifyPassword } from './passwords.ts';
import { countRequests, forgetCounts } from './rate-limit.ts';

export const LOCAL_ISSUER = 'local';
const EMAIL_LENGTH_MAX = 320;
const WINDOW_SECONDS = 15 * 60;
/** Wrong passwords for one e-mail address, known or not, until it is locked for the rest of the window. */
const ATTEMPTS_PER_ACCOUNT = 10;
const ATTEMPTS_PER_ADDRESS = 100;

export type SignInVerdict =
  | { ok: true; userId: string; email: string; name: string }
  | { ok: false; code: 'CredentialsSignin' | 'Locked' };

export const normalEmail = (email: string): string => email.trim().normalize('NFC').toLowerCase();

/** Counted under its fingerprint, so that what people type there, at times a password, is not kept. */
const accountCounter = (email: string): string => `sign-in:account:${fingerprint(email)}`;

/**
 * Checks an e-mail address and a password. Unknown and known addresses get the same answer after the same work, also
 * when locked. Refusals are in the audit log.
 */
export async function signInLocally(input: {
  email: string;
  password: string;
  address: string | null;
  requestId: string;
}): Promise<SignInVerdict> {
  const email = normalEmail(input.email);
  if (email.length > EMAIL_LENGTH_MAX || input.password.length > PASSWORD_LENGTH_MAX)
    return { ok: false, code: 'CredentialsSignin' };
  if (await isLocked(email, input.address)) return refuse(input, email, 'Locked');
  const user = await db().user.findUnique({
    where: { issuer_subject: { issuer: LOCAL_ISSUER, subject: email } },
  });
  const isRight = await verifyPassword(user?.passwordHash ?? null, input.password);
  if (!user || !isRight || user.disabledAt !== null) return refuse(input, email, 'CredentialsSignin');
  await forgetCounts(accountCounter(email));
  return { ok: true, userId: user.id, email: user.email, name: user.name };
}

async function isLocked(email: string, address: string | null): Promise<boolean> {
  const account = await countRequests(accountCounter(email), WINDOW_SECONDS);
  const from = await countRequests(`sign-in:address:${address ?? 'unknown'}`, WINDOW_SECONDS);
  return account.count > ATTEMPTS_PER_ACCOUNT || from.count > ATTEMPTS_PER_ADDRESS;
}

async function refuse(
  { address, requestId }: { address: string | null; requestId: string },
  email: string,
  code: 'CredentialsSignin' | 'Locked',
): Promise<SignInVerdict> {
  const actor = anonymousActor(address, requestId);
  const subject = `sign-in:${fingerprint(email)}`;
  await inTransaction((tx) =>
    record(tx, actor, {
      action: 'session.refuse',
      subject,
      reason: code === 'Locked' ? 'too many attempts' : 'wrong e-mail or password',
    }),
  );
  return { ok: false, code };
}

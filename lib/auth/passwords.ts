import { hash, verify } from '@node-rs/argon2';
import { AppError } from '#lib/core/errors.ts';

/** argon2id with the parameters that OWASP's password storage cheat sheet names first: 19 MiB, 2 passes, 1 lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const PASSWORD_LENGTH_MIN = 12;
/** A shorter name stands in many words by chance. */
const NAME_LENGTH_MIN = 4;
/** A longer text is refused before it costs time. */
export const PASSWORD_LENGTH_MAX = 256;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), ARGON2ID);

let decoy: Promise<string> | undefined;

/** Whether the password fits. With no hash (unknown person) the same work is done against a decoy, and the answer is no. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('no password of anybody');
  const fits = await verify(stored ?? (await decoy), password.normalize('NFC'));
  return fits && stored !== null;
}

/** Throws `invalid_input` with what is wrong. Length counts, not character classes (NIST SP 800-63B section 3.1.1.2). */
export function assertGoodPassword(password: string, email: string): void {
  const message = passwordProblem(password, email);
  if (message !== null)
    throw new AppError('invalid_input', message, { fields: [{ path: 'body.password', message }] });
}

/** What is wrong with a new password, in words for the person who chose it; null: nothing. */
function passwordProblem(password: string, email: string): string | null {
  const lowered = password.toLowerCase();
  const ownName = email.split('@')[0]?.toLowerCase() ?? '';
  if (password.length > PASSWORD_LENGTH_MAX)
    return `A password has at most ${PASSWORD_LENGTH_MAX} characters.`;
  if (password.length < PASSWORD_LENGTH_MIN)
    return `A password needs at least ${PASSWORD_LENGTH_MIN} characters; a few random words do well.`;
  if (new Set(lowered).size < 5) return 'This password repeats few characters, which is easily guessed.';
  if (lowered.includes('bailiwick') || (ownName.length >= NAME_LENGTH_MIN && lowered.includes(ownName)))
    return 'A password must not contain the name of this product or your own.';
  if (COMMON.some((common) => lowered.startsWith(common)))
    return 'This password stands at the top of every list of guesses.';
  return null;
}

/** Beginnings of the twelve-or-longer entries that lead published lists of leaked passwords. */
const COMMON = [
  'password',
  '123456',
  'qwerty',
  'iloveyou',
  'letmein',
  'administrator',
  'welcome',
  'changeme',
];

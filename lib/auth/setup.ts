import { LOCKS } from '#lib/db/locks.ts';
import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { record } from '#lib/audit/record.ts';
import { anonymousActor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import { isObject } from '#lib/core/json.ts';
import { createLocalUser } from './create-local-user.ts';
import { assertWithinRate } from './rate-limit.ts';

const SETTING = 'setup';
const CODE_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_GROUPS = 5;
/** Replicas that start together each print a code; as many hold. */
const CODES_MAX = 5;
const ATTEMPTS = { windowSeconds: 15 * 60, requestsMax: 20 };

let known = false;

/** Whether there is a first user. Once true it stays true, so the database is not asked again. */
export async function isSetUp(): Promise<boolean> {
  known ||= (await db().user.count({ take: 1 })) > 0;
  return known;
}

/**
 * A one-time code that lets whoever reads the console create the first administrator: 25 characters, 125 random bits.
 * Only its hash is kept. Null once there is a user.
 */
export async function ensureSetupCode(): Promise<string | null> {
  const code = makeCode();
  return inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.setup})`;
    if ((await tx.user.count({ take: 1 })) > 0) return null;
    const hashes = [...(await storedHashes(tx)), hashOf(code).toString('hex')].slice(-CODES_MAX);
    const value = { hashes };
    await tx.setting.upsert({
      where: { name: SETTING },
      create: { name: SETTING, value },
      update: { value },
    });
    return code;
  });
}

/** Creates the first administrator. Throws `forbidden` on a wrong code and `conflict` once there is a user. */
export async function completeSetup(
  input: { code: string; name: string; email: string; password: string },
  origin: { address: string | null; requestId: string },
): Promise<{ userId: string }> {
  await assertWithinRate(`setup:${origin.address ?? 'unknown'}`, ATTEMPTS);
  const { code, ...person } = input;
  const actor = { ...anonymousActor(origin.address, origin.requestId), id: 'setup', name: 'First set-up' };
  const userId = await inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${LOCKS.setup})`;
    if ((await tx.user.count({ take: 1 })) > 0)
      throw new AppError('conflict', 'Bailiwick is set up already. Sign in instead.');
    assertCode(code, await storedHashes(tx));
    await tx.setting.deleteMany({ where: { name: SETTING } });
    const made = await createLocalUser(tx, actor, { ...person, role: 'administrator' });
    await record(tx, actor, { action: 'setup.complete', subject: `user:${made}` });
    return made;
  });
  return { userId };
}

function makeCode(): string {
  const group = () =>
    Array.from({ length: 5 }, () => CODE_ALPHABET.charAt(randomInt(CODE_ALPHABET.length))).join('');
  return Array.from({ length: CODE_GROUPS }, group).join('-');
}

/** As typed: case and separators do not count, and what Crockford's base 32 takes for a digit is one. */
function hashOf(code: string): Buffer {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(plain).digest();
}

async function storedHashes(tx: Tx): Promise<string[]> {
  const row = await tx.setting.findUnique({ where: { name: SETTING } });
  const hashes: unknown = isObject(row?.value) ? row.value['hashes'] : null;
  return Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === 'string') : [];
}

function assertCode(code: string, hashes: readonly string[]): void {
  const given = hashOf(code);
  if (hashes.some((hash) => timingSafeEqual(Buffer.from(hash, 'hex'), given))) return;
  throw new AppError(
    'forbidden',
    'This set-up code is not the one on the console. Restart Bailiwick to get a new one.',
  );
}

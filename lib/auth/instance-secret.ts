import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { env, homePath, isProduction } from '#lib/env.ts';

const SECRET_BYTES_MIN = 32;
const SECRET_FILE = 'secret';

/** Secrets that stand in documentation and tests, which everybody knows. */
const KNOWN_EXAMPLES: ReadonlySet<string> = new Set([
  'dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHkh',
  'ZXhhbXBsZS1zZWNyZXQtb25seS1uZXZlci11c2UtaXQh',
]);

/**
 * The one secret from which every key of this installation is derived: BAILIWICK_SECRET, else 32 random bytes kept in
 * BAILIWICK_HOME/secret (mode 0600), made at the first start. Throws on a secret that is too short, malformed or, in
 * production, known from documentation.
 */
export function instanceSecret(): Buffer {
  const given = env().BAILIWICK_SECRET;
  if (given === undefined) return decodeSecret(readOrMakeSecretFile(), `the file ${SECRET_FILE}`);
  if (isProduction() && KNOWN_EXAMPLES.has(given)) {
    throw new Error('BAILIWICK_SECRET is an example that everybody knows. Set 32 random bytes of your own.');
  }
  return decodeSecret(given, 'BAILIWICK_SECRET');
}

function decodeSecret(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const isHex = /^(?:[0-9a-f]{2})+$/i.test(trimmed);
  if (!isHex && !/^[A-Za-z0-9+/_-]+={0,2}$/.test(trimmed)) {
    throw new Error(`The secret in ${where} is neither hexadecimal nor base64.`);
  }
  const bytes = Buffer.from(trimmed, isHex ? 'hex' : 'base64');
  if (bytes.length < SECRET_BYTES_MIN) {
    throw new Error(
      `The secret in ${where} has ${bytes.length} bytes; it needs at least ${SECRET_BYTES_MIN}.`,
    );
  }
  return bytes;
}

function readOrMakeSecretFile(): string {
  return readSecretFile() ?? makeSecretFile();
}

function readSecretFile(): string | null {
  try {
    return readFileSync(homePath(SECRET_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Written beside and linked into place, so that two processes that start together agree on one whole secret. */
function makeSecretFile(): string {
  mkdirSync(homePath(), { recursive: true });
  const file = homePath(SECRET_FILE);
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(SECRET_BYTES_MIN).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const made = readSecretFile();
  if (made === null) throw new Error('The instance secret could not be kept in BAILIWICK_HOME.');
  return made;
}

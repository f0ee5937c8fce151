import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { AppError } from '#lib/core/errors.ts';
import { instanceSecret } from './instance-secret.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEAL_VERSION = 1;
/** DER of an Ed25519 private key up to its 32-byte seed (RFC 8410 section 7). */
const ED25519_PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export type SigningKey = {
  privateKey: KeyObject;
  publicKey: KeyObject;
  /** The 32 raw bytes of the public key (RFC 8032). */
  publicBytes: Buffer;
  /** First 8 hexadecimal digits of SHA-256 over the raw public key, to tell keys apart. */
  keyId: string;
};

type InstanceKeys = {
  secretDigest: string;
  session: string;
  fingerprint: Buffer;
  encryption: Buffer;
  signing: SigningKey;
};

let derived: InstanceKeys | undefined;

/** Keys for separate uses, derived from the instance secret by HKDF-SHA-256 (RFC 5869) with one label each. */
function instanceKeys(): InstanceKeys {
  const secret = instanceSecret();
  const secretDigest = createHash('sha256').update(secret).digest('hex');
  if (derived?.secretDigest === secretDigest) return derived;
  derived = {
    secretDigest,
    session: deriveKey(secret, 'session').toString('base64url'),
    fingerprint: deriveKey(secret, 'fingerprint'),
    encryption: deriveKey(secret, 'encryption'),
    signing: signingKeyOf(deriveKey(secret, 'signing')),
  };
  return derived;
}

function deriveKey(secret: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'bailiwick', `bailiwick/v1/${use}`, KEY_BYTES));
}

function signingKeyOf(seed: Buffer): SigningKey {
  const privateKey = createPrivateKey({
    key: Buffer.concat([ED25519_PKCS8_HEAD, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey);
  const publicBytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
  const keyId = createHash('sha256').update(publicBytes).digest('hex').slice(0, 8);
  return { privateKey, publicKey, publicBytes, keyId };
}

/** The key under which next-auth encrypts its cookies (it derives one per cookie name). */
export const sessionSecret = (): string => instanceKeys().session;

/** Signs evidence bundles and checkpoints of the audit log. */
export const signingKey = (): SigningKey => instanceKeys().signing;

/** Tells installations apart without saying anything of their secret; 8 hexadecimal digits. */
export const instanceTag = (): string =>
  createHmac('sha256', instanceKeys().fingerprint).update('instance').digest('hex').slice(0, 8);

/**
 * What is kept of a secret value: HMAC-SHA-256 under the instance key, 32 hexadecimal digits (128 bits). The same
 * value gives the same text in this installation and says nothing without its key.
 */
export function fingerprint(value: string): string {
  return createHmac('sha256', instanceKeys().fingerprint).update(value, 'utf8').digest('hex').slice(0, 32);
}

/**
 * Encrypts with AES-256-GCM for storing. `purpose` is authenticated with it, so that what was sealed for one column
 * opens in no other. Layout: version (1 byte), nonce (12), tag (16), ciphertext.
 */
export function seal(plain: string, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', instanceKeys().encryption, nonce);
  cipher.setAAD(Buffer.from(purpose, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([SEAL_VERSION]), nonce, cipher.getAuthTag(), ciphertext]);
}

/** Opens what `seal` made with the same purpose. Throws `internal` when the instance secret is another or bytes were changed. */
export function open(sealed: Uint8Array, purpose: string): string {
  const bytes = Buffer.from(sealed);
  const body = 1 + NONCE_BYTES + TAG_BYTES;
  try {
    if (bytes[0] !== SEAL_VERSION || bytes.length < body) throw new Error('Unknown layout.');
    const decipher = createDecipheriv(
      'aes-256-gcm',
      instanceKeys().encryption,
      bytes.subarray(1, 1 + NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(purpose, 'utf8'));
    decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, body));
    return Buffer.concat([decipher.update(bytes.subarray(body)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError(
      'internal',
      'A stored secret could not be decrypted. Was BAILIWICK_SECRET changed? Enter the secret anew.',
      { cause },
    );
  }
}

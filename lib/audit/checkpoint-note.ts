import { createHash, sign, verify, type KeyObject } from 'node:crypto';

// Signed checkpoints: the text of c2sp.org/tlog-checkpoint in the envelope of c2sp.org/signed-note.

export type Checkpoint = { origin: string; size: bigint; root: Buffer };
type Signer = { privateKey: KeyObject; publicBytes: Uint8Array };
type Verifier = { publicKey: KeyObject; publicBytes: Uint8Array };

const ED25519 = Buffer.from([1]);
const KEY_HASH_BYTES = 4;
const SIGNATURE_BYTES = 64;

/** Name under which an installation signs; a schemaless address as the specification recommends. */
export const checkpointOrigin = (instanceTag: string): string => `bailiwick/${instanceTag}/audit`;

export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  const text = `${checkpoint.origin}\n${checkpoint.size}\n${checkpoint.root.toString('base64')}\n`;
  const signature = sign(null, Buffer.from(text, 'utf8'), signer.privateKey);
  const blob = Buffer.concat([keyHash(checkpoint.origin, signer.publicBytes), signature]).toString('base64');
  return `${text}\n— ${checkpoint.origin} ${blob}\n`;
}

/** What a note says if this key signed it; null for any other text, however close. */
export function openCheckpoint(note: string, verifier: Verifier): Checkpoint | null {
  const form =
    /^([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n\n— ([^\n ]+) ([A-Za-z0-9+/]+={0,2})\n$/.exec(
      note,
    );
  const [, origin = '', size = '', root = '', name = '', blob = ''] = form ?? [];
  if (form === null || name !== origin) return null;
  const bytes = Buffer.from(blob, 'base64');
  if (bytes.length !== KEY_HASH_BYTES + SIGNATURE_BYTES || bytes.toString('base64') !== blob) return null;
  if (!bytes.subarray(0, KEY_HASH_BYTES).equals(keyHash(name, verifier.publicBytes))) return null;
  const text = note.slice(0, note.indexOf('\n\n') + 1);
  if (!verify(null, Buffer.from(text, 'utf8'), verifier.publicKey, bytes.subarray(KEY_HASH_BYTES)))
    return null;
  return { origin, size: BigInt(size), root: Buffer.from(root, 'base64') };
}

function keyHash(name: string, publicBytes: Uint8Array): Buffer {
  const hash = createHash('sha256').update(`${name}\n`, 'utf8').update(ED25519).update(publicBytes).digest();
  return hash.subarray(0, KEY_HASH_BYTES);
}

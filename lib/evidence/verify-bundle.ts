import { createPublicKey, verify } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import { isObject, type JsonValue } from '#lib/core/json.ts';
import { BUNDLE_FORMAT, keyIdOf, payloadDigest } from './bundle.ts';
import { bundleSchema, type Bundle } from './bundle-schema.ts';
import { checkContents, type VerificationProblem } from './check-contents.ts';
import { parseStrictJson, StrictJsonError } from './strict-json.ts';

export type Verification = {
  whole: boolean;
  problems: VerificationProblem[];
  /** Of what is in the bundle, as far as it could be read. */
  found: {
    campaign: string;
    name: string;
    asOf: string;
    items: number;
    revocations: number;
    auditRows: number;
  } | null;
  /** The key that signed it; `trusted`: it is the one that was given. Null: no signature could be checked. */
  signedBy: { keyId: string; publicKey: string; trusted: boolean | null } | null;
};

/** DER of an Ed25519 public key up to its 32 bytes (RFC 8410 section 4). */
const ED25519_SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const BYTES_MAX = 512 * 1024 * 1024;

/**
 * Checks a bundle offline, from its bytes alone: that they are the one canonical form, that the signature covers them,
 * that each item's evidence has its hash, that the audit rows hold together, and, where a trusted public key (32 raw bytes)
 * is given, that this key signed. Never throws for what is in the bytes; names everything that is wrong.
 */
export function verifyBundle(bytes: Uint8Array, trustedKey: Uint8Array | null = null): Verification {
  const problems: VerificationProblem[] = [];
  const bundle = readBundle(bytes, problems);
  if (bundle === null) return { whole: false, problems, found: null, signedBy: null };
  const signedBy = checkSignature(bundle, trustedKey, problems);
  problems.push(...checkContents(bundle));
  const { payload } = bundle;
  return {
    whole: problems.length === 0,
    problems,
    found: {
      campaign: payload.campaign.id,
      name: payload.campaign.name,
      asOf: payload.asOf,
      items: payload.items.length,
      revocations: payload.revocations.length,
      auditRows: payload.audit.length,
    },
    signedBy,
  };
}

function readBundle(bytes: Uint8Array, problems: VerificationProblem[]): Bundle | null {
  const say = (what: VerificationProblem['what'], detail: string): null => {
    problems.push({ what, detail });
    return null;
  };
  if (bytes.byteLength > BYTES_MAX) return say('not JSON', `The file is larger than ${BYTES_MAX} bytes.`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return say('not text', 'The file is not UTF-8.');
  }
  let value: JsonValue;
  try {
    value = parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    const what = error.problem === 'syntax' || error.problem === 'too deep' ? 'not JSON' : error.problem;
    return say(what, `${error.message}.`);
  }
  const format = isObject(value) ? value['format'] : undefined;
  if (format !== BUNDLE_FORMAT) return say('unknown format', `The format is not ${BUNDLE_FORMAT}.`);
  const parsed = bundleSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return say(
      'unknown format',
      `${issue?.path.join('.') ?? 'The bundle'}: ${issue?.message ?? 'not valid'}.`,
    );
  }
  checkCanonical(text, value, problems);
  return parsed.data;
}

function checkCanonical(text: string, value: JsonValue, problems: VerificationProblem[]): void {
  let canonical: string;
  try {
    canonical = canonicalJson(value);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'It has no canonical form.';
    problems.push({ what: 'not canonical', detail });
    return;
  }
  if (canonical === text) return;
  let at = 0;
  while (canonical.charCodeAt(at) === text.charCodeAt(at)) at += 1;
  const detail = `The bytes are not the canonical form (RFC 8785): they differ at offset ${at}.`;
  problems.push({ what: text.startsWith(canonical) ? 'trailing bytes' : 'not canonical', detail });
}

function checkSignature(
  { payload, signature }: Bundle,
  trustedKey: Uint8Array | null,
  problems: VerificationProblem[],
): Verification['signedBy'] {
  const digest = payloadDigest(payload);
  const publicKey = exactBase64(signature.publicKey, 32);
  const value = exactBase64(signature.value, 64);
  if (publicKey === null || value === null) {
    problems.push({
      what: 'signature',
      detail: 'The key or the signature is not base64 of the right length.',
    });
    return null;
  }
  if (signature.payloadSha256 !== digest.toString('hex')) {
    problems.push({
      what: 'signature',
      detail: 'The payload is not the one that was signed: its SHA-256 differs.',
    });
  }
  if (signature.keyId !== keyIdOf(publicKey)) {
    problems.push({ what: 'signature', detail: 'The key id does not belong to the public key.' });
  }
  if (!isSignedBy(publicKey, digest, value)) {
    problems.push({ what: 'signature', detail: 'The signature does not fit the payload and the key.' });
  }
  const trusted = trustedKey === null ? null : Buffer.from(trustedKey).equals(publicKey);
  if (trusted === false) {
    problems.push({
      what: 'unknown key',
      detail: `It is signed by key ${keyIdOf(publicKey)}, not by the key that you trust.`,
    });
  }
  return { keyId: keyIdOf(publicKey), publicKey: signature.publicKey, trusted };
}

function isSignedBy(publicKey: Buffer, digest: Buffer, value: Buffer): boolean {
  try {
    const key = createPublicKey({
      key: Buffer.concat([ED25519_SPKI_HEAD, publicKey]),
      format: 'der',
      type: 'spki',
    });
    return verify(null, digest, key, value);
  } catch {
    return false;
  }
}

/** Base64 has several spellings of the same bytes; only the usual one is taken. */
function exactBase64(text: string, length: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : null;
}

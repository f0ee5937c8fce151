import { createHash, sign, type KeyObject } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import type { JsonObject, JsonValue } from '#lib/core/json.ts';

/** The format `bailiwick-evidence/1`; docs/evidence-format.md is its specification. */
export const BUNDLE_FORMAT = 'bailiwick-evidence/1';

export type BundleKey = {
  privateKey: KeyObject;
  /** The 32 raw bytes of the Ed25519 public key (RFC 8032). */
  publicBytes: Uint8Array;
};

export type BundleItem = {
  id: string;
  evidence: JsonValue;
  /** SHA-256 of the canonical evidence, hexadecimal */
  evidenceHash: string;
  state: string;
  reviewer: string | null;
  version: number;
  decision: {
    by: string;
    byName: string;
    at: string;
    reason: string | null;
    expiresAt: string | null;
  } | null;
};

export type BundleAuditRow = {
  /** The row as its hash covers it, see docs/audit-format.md. */
  row: JsonObject;
  previous: string;
  hash: string;
};

export type BundlePayload = {
  campaign: JsonObject;
  /** What the bundle tells of: nothing that happened after this time. */
  asOf: string;
  items: BundleItem[];
  outcome: { state: string; count: number }[];
  revocations: JsonObject[];
  audit: BundleAuditRow[];
  /** What the bundle does not show, in words. */
  limits: string[];
};

/**
 * The bytes of a signed bundle: one line of canonical JSON (RFC 8785) and nothing after it. The signature is Ed25519 over
 * the SHA-256 of the canonical payload. The same payload and key give the same bytes.
 */
export function makeBundle(payload: BundlePayload, key: BundleKey): Buffer {
  const digest = payloadDigest(payload);
  const publicKey = Buffer.from(key.publicBytes);
  const signature = {
    algorithm: 'Ed25519',
    keyId: keyIdOf(publicKey),
    payloadSha256: digest.toString('hex'),
    publicKey: publicKey.toString('base64'),
    value: sign(null, digest, key.privateKey).toString('base64'),
  };
  return Buffer.from(canonicalJson({ format: BUNDLE_FORMAT, payload, signature }), 'utf8');
}

export const payloadDigest = (payload: unknown): Buffer =>
  createHash('sha256').update(canonicalJson(payload)).digest();

/** First 8 hexadecimal digits of SHA-256 over the raw public key: tells keys apart, proves nothing. */
export const keyIdOf = (publicBytes: Uint8Array): string =>
  createHash('sha256').update(publicBytes).digest('hex').slice(0, 8);

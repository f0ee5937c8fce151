import { signingKey } from '#lib/auth/instance-keys.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import type { EvidenceKey } from './schema.ts';

/** The public key that this installation signs evidence with: what a verifier has to get by another way than the bundle. */
export function getEvidenceKey(actor: Actor): EvidenceKey {
  assertMay(actor, 'evidence.read');
  const { keyId, publicBytes } = signingKey();
  return { keyId, publicKey: publicBytes.toString('base64') };
}

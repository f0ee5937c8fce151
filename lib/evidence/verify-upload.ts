import { signingKey } from '#lib/auth/instance-keys.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { verifyBundle, type Verification } from './verify-bundle.ts';

/**
 * Checks a bundle that a person holds against this installation's own key. The command line does the same without asking
 * this server, which is what an auditor who does not trust it should use.
 */
export async function verifyUpload(
  actor: Actor,
  body: ReadableStream<Uint8Array> | null,
  bytesMax: number,
): Promise<Verification> {
  assertMay(actor, 'evidence.read');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > bytesMax)
      throw new AppError('too_large', `The file is larger than ${bytesMax} bytes. Use the command line.`);
    chunks.push(chunk);
  }
  return verifyBundle(Buffer.concat(chunks), signingKey().publicBytes);
}

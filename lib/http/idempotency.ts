import { createHash } from 'node:crypto';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import { AppError } from '#lib/core/errors.ts';
import type { JsonValue } from '#lib/core/json.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';

const KEY_FORM = /^[\x21-\x7e]{1,255}$/;
/** After this long a key may be used anew. */
const KEPT_HOURS = 24;
/** A request that has not answered by then was lost with its process; its key may be tried again. */
const LOST_SECONDS = 120;

export type Answer = { status: number; body: JsonValue };

/**
 * Does `work` once per principal and Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): the same request
 * again gets the same answer without doing anything. Throws `idempotency_mismatch` when the key came with another
 * request, `conflict` while the first one is still under way. What fails is forgotten, so it can be tried again.
 */
export async function answerOnce(
  principal: string,
  request: Request,
  body: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.headers.get('idempotency-key');
  if (key === null) return work();
  if (!KEY_FORM.test(key))
    throw new AppError('invalid_input', 'An Idempotency-Key has 1 to 255 visible ASCII characters.');
  const digest = digestOf(request, body);
  const before = await claim(principal, key, digest);
  if (before !== null) return before;
  try {
    const answer = await work();
    const stored = { status: answer.status, body: answer.body ?? Prisma.JsonNull };
    await db().idempotencyKey.update({ where: { principal_key: { principal, key } }, data: stored });
    return answer;
  } catch (error) {
    await db().idempotencyKey.deleteMany({ where: { principal, key, status: null } });
    throw error;
  }
}

function digestOf(request: Request, body: unknown): Buffer {
  const { pathname, search } = new URL(request.url);
  const said = canonicalJson([request.method, pathname + search, body ?? null]);
  return createHash('sha256').update(said).digest();
}

/** Takes the key for this request, or gives the answer that it has got before. */
async function claim(principal: string, key: string, digest: Buffer): Promise<Answer | null> {
  const taken = await db().$executeRaw`
    INSERT INTO idempotency_key AS held (principal, key, digest)
    VALUES (${principal}, ${key}, ${Uint8Array.from(digest)})
    ON CONFLICT (principal, key) DO UPDATE SET digest = EXCLUDED.digest, status = NULL, body = NULL, created_at = now()
    WHERE held.created_at < now() - make_interval(hours => ${KEPT_HOURS})
      OR (held.status IS NULL AND held.created_at < now() - make_interval(secs => ${LOST_SECONDS}))`;
  if (taken === 1) return null;
  const held = await db().idempotencyKey.findUnique({ where: { principal_key: { principal, key } } });
  if (held === null) throw inFlight(); // it failed a moment ago and is free again
  if (!digest.equals(held.digest))
    throw new AppError(
      'idempotency_mismatch',
      'This Idempotency-Key was used for another request. Use a new one.',
    );
  if (held.status === null) throw inFlight();
  return { status: held.status, body: held.body as JsonValue };
}

const inFlight = (): AppError =>
  new AppError('conflict', 'The same request is still under way. Ask again in a moment for its answer.');

import { AppError } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';

export type RateLimit = { windowSeconds: number; requestsMax: number };

/**
 * Counts requests of a principal within a fixed window of database time, in the database, so that the limit holds
 * across replicas. Returns the count so far and the seconds until the window ends.
 */
export async function countRequests(
  principal: string,
  windowSeconds: number,
  requests = 1,
): Promise<{ count: number; secondsLeft: number }> {
  const [row] = await db().$queryRaw<{ count: number; left: number }[]>`
    INSERT INTO rate_count (principal, window_start, count)
    VALUES (${principal}, to_timestamp(floor(extract(epoch FROM now()) / ${windowSeconds}::int) * ${windowSeconds}::int), ${requests})
    ON CONFLICT (principal, window_start) DO UPDATE SET count = rate_count.count + EXCLUDED.count
    RETURNING count, ceil(extract(epoch FROM window_start - now()) + ${windowSeconds}::int)::int AS left`;
  if (!row) throw new Error('The database gave no count.');
  if (row.count === requests) await forgetOldCounts();
  return { count: row.count, secondsLeft: Math.max(1, row.left) };
}

/** Throws `rate_limited` once the principal has used its requests of this window. */
export async function assertWithinRate(principal: string, limit: RateLimit): Promise<void> {
  const { count, secondsLeft } = await countRequests(principal, limit.windowSeconds);
  if (count > limit.requestsMax) throw tooMany(secondsLeft);
}

export function tooMany(secondsLeft: number): AppError {
  const wait = secondsLeft < 90 ? `${secondsLeft} seconds` : `${Math.ceil(secondsLeft / 60)} minutes`;
  return new AppError('rate_limited', `Too many requests. Nothing was changed. Try again in ${wait}.`);
}

/** Forgets what was counted, e.g. failed sign-ins after a good one. */
export async function forgetCounts(principal: string): Promise<void> {
  await db().rateCount.deleteMany({ where: { principal } });
}

async function forgetOldCounts(): Promise<void> {
  await db().$executeRaw`DELETE FROM rate_count WHERE window_start < now() - interval '1 day'`;
}

import type { Actor } from '#lib/authz/actor.ts';
import { env } from '#lib/env.ts';
import { countRequests, tooMany } from './rate-limit.ts';

const WINDOW_SECONDS = 60;
/** Permits fetched from the database at once: one write per this many requests, and at most this much over the limit per replica. */
const BLOCK = 20;
const PRINCIPALS_MAX = 20_000;
/** Strangers get this share of what a known principal gets, per address. */
const STRANGER_SHARE = 5;

type Permits = { left: number; until: number };
const held = new Map<string, Permits>();

/** Uses up one request of the principal's minute. Throws `rate_limited` when there is none left. */
export async function takePermit(actor: Pick<Actor, 'kind' | 'id' | 'address'>): Promise<void> {
  const isStranger = actor.kind === 'anonymous';
  const principal = isStranger ? `address:${actor.address ?? 'unknown'}` : actor.id;
  const permits = held.get(principal);
  if (permits && permits.left > 0 && permits.until > Date.now()) {
    permits.left--;
    return;
  }
  const limit = env().REQUESTS_PER_MINUTE / (isStranger ? STRANGER_SHARE : 1);
  const { count, secondsLeft } = await countRequests(`requests:${principal}`, WINDOW_SECONDS, BLOCK);
  if (count - BLOCK >= limit) throw tooMany(secondsLeft);
  if (held.size >= PRINCIPALS_MAX) held.clear();
  held.set(principal, { left: BLOCK - 1, until: Date.now() + secondsLeft * 1000 });
}

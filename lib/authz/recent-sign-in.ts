import { AppError } from '#lib/core/errors.ts';
import { systemClock } from '#lib/core/clock.ts';
import type { Actor } from './actor.ts';

/** How long a proof of identity carries what cannot be taken back: keys, roles, approvals. */
const RECENT_MINUTES = 15;

/** Throws `sign_in_again` when the person at this session proved who they are longer ago than that. Tokens never can. */
export function assertRecentSignIn(actor: Actor, now: Date = systemClock()): void {
  if (actor.kind === 'system') return;
  const age = actor.authenticatedAt === null ? Infinity : now.getTime() - actor.authenticatedAt.getTime();
  if (age <= RECENT_MINUTES * 60_000) return;
  throw new AppError(
    'sign_in_again',
    'Confirm that it is you: this needs a sign-in from the last 15 minutes.',
  );
}

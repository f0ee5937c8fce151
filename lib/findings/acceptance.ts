/** A risk is accepted for a year at most, so that somebody looks at it again. */
export const ACCEPTED_DAYS_MAX = 366;

/** Why a finding cannot be accepted until then; null: it can. */
export function acceptanceProblem(until: Date, now: Date): string | null {
  if (until <= now) return 'The end of the acceptance has to lie in the future.';
  const days = (until.getTime() - now.getTime()) / 86_400_000;
  return days > ACCEPTED_DAYS_MAX ? 'A finding can be accepted for a year at most.' : null;
}

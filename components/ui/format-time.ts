const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const satisfies readonly (readonly [Intl.RelativeTimeFormatUnit, number])[];

const relativeFormat = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** "3 days ago", "in 2 hours", "just now" under a minute; the largest unit that fits once. */
export function formatRelative(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return relativeFormat.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

/** "2026-03-04 10:22:05 UTC": the same on server and client, in every time zone and language. */
export function formatUtc(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** "2026-03-04". */
export function formatDay(at: Date): string {
  return at.toISOString().slice(0, 10);
}

import { describe, expect, it } from 'vitest';
import { formatDay, formatRelative, formatUtc } from './format-time.ts';

const now = new Date('2026-03-04T10:00:00Z');
const at = (secondsFromNow: number) => new Date(now.getTime() + secondsFromNow * 1000);

describe('formatRelative', () => {
  it.each([
    [0, 'just now'],
    [-59, 'just now'],
    [-60, '1 minute ago'],
    [-3_599, '59 minutes ago'],
    [-86_400, '1 day ago'],
    [-13 * 86_400, '1 week ago'],
    [7_200, 'in 2 hours'],
    [-40 * 86_400, '1 month ago'],
    [-800 * 86_400, '2 years ago'],
  ])('%d seconds from now reads %s', (seconds, text) => {
    expect(formatRelative(at(seconds), now)).toBe(text);
  });
});

describe('absolute forms', () => {
  it('are in UTC and carry the zone', () => {
    expect(formatUtc(new Date('2026-03-04T10:22:05.999+02:00'))).toBe('2026-03-04 08:22:05 UTC');
    expect(formatDay(new Date('2026-03-04T23:59:00-01:00'))).toBe('2026-03-05');
  });
});

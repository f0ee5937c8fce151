import type { Calendar } from './calendar.ts';
import type { Random } from './random.ts';

/** Days that the logs cover, and about how many events they hold in all. */
export const LOG_DAYS = 90;
export const CLOUDTRAIL_EVENTS = 178_000;
export const OTHER_EVENTS = 22_000;

/** On a weekend a third of the work is done. */
const WEEKEND = 0.35;

export type Rate = {
  readonly perDay: number;
  /** Not scaled and the same on weekends: what a story needs. */
  readonly exact: boolean;
  readonly fromDaysAgo: number;
  readonly toDaysAgo: number;
};

const active = (rate: Rate, day: number): boolean => day <= rate.fromDaysAgo && day >= rate.toDaysAgo;
const factor = (rate: Rate, calendar: Calendar, day: number): number =>
  !rate.exact && calendar.weekend(day) ? WEEKEND : 1;

/**
 * What the stated daily rates must be multiplied with for all of them to make `wanted` events; `extra` is what one
 * day of one rate adds by itself, such as the event that issues a session.
 */
export function scaleOf(rates: readonly Rate[], calendar: Calendar, wanted: number, extra: number): number {
  let fixed = 0;
  let scaled = 0;
  for (let day = 1; day <= LOG_DAYS; day += 1)
    for (const rate of rates) {
      if (!active(rate, day)) continue;
      fixed += extra;
      if (rate.exact) fixed += rate.perDay;
      else scaled += rate.perDay * factor(rate, calendar, day);
    }
  return scaled === 0 ? 1 : Math.max(0.1, (wanted - fixed) / scaled);
}

/** Events of this rate on this day; broken numbers are rounded by chance, so that the sum comes out. */
export function countOn(rate: Rate, calendar: Calendar, day: number, scale: number, random: Random): number {
  if (!active(rate, day)) return 0;
  if (rate.exact) return rate.perDay;
  const swing = 0.8 + random.unit() * 0.4;
  return Math.floor(rate.perDay * factor(rate, calendar, day) * scale * swing + random.unit());
}

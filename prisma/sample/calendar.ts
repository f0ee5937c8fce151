import type { IsoTime } from '#lib/connectors/facts.ts';

const DAY = 86_400_000;

/** Days before the as-of date; day 1 is the last whole day that the logs cover. */
export class Calendar {
  readonly #start: number;

  /** `asOf` is cut to its UTC day. */
  constructor(asOf: Date) {
    const start = Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth(), asOf.getUTCDate());
    if (Number.isNaN(start)) throw new RangeError('The as-of date cannot be read; write it as 2026-11-19.');
    this.#start = start;
  }

  /** Negative days lie ahead. */
  date(daysAgo: number, second = 0): Date {
    return new Date(this.#start - daysAgo * DAY + second * 1000);
  }

  /** `YYYY-MM-DDTHH:MM:SSZ`. */
  time(daysAgo: number, second = 0): IsoTime {
    return this.date(daysAgo, second).toISOString().replace('.000Z', 'Z');
  }

  /** `YYYY-MM-DD`. */
  day(daysAgo: number): string {
    return this.date(daysAgo).toISOString().slice(0, 10);
  }

  /** As the AWS command line writes it: `YYYY-MM-DDTHH:MM:SS+00:00`. */
  awsTime(daysAgo: number, second = 0): string {
    return this.time(daysAgo, second).replace('Z', '+00:00');
  }

  weekend(daysAgo: number): boolean {
    return this.date(daysAgo).getUTCDay() % 6 === 0;
  }
}

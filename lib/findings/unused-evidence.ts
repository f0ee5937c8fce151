import { day, daysBetween, evidenceOf, plural } from './rule.ts';
import type { Evidence } from './schema.ts';

export type UnusedRow = {
  nodeId: number;
  createdAt: Date | null;
  lastUsed: Date | null;
  source: string;
  from: Date;
  to: Date;
  days: number;
  isProduction: boolean;
};

/** Silence in words: since when, who listened, how old the thing is. */
export function unusedEvidence(row: UnusedRow, now: Date): Evidence {
  const since =
    row.lastUsed === null
      ? `No use was seen in ${plural(Math.round(row.days), 'day')} that ${row.source} covers.`
      : `It was last used ${plural(daysBetween(row.lastUsed, now), 'day')} ago.`;
  return {
    ...evidenceOf(since, [
      { text: `${row.source} would have shown its use from ${day(row.from)} to ${day(row.to)}.` },
      {
        text:
          row.lastUsed === null
            ? 'No source states a use of it.'
            : `Its last use was on ${day(row.lastUsed)}.`,
        ...(row.lastUsed === null ? {} : { at: row.lastUsed.toISOString() }),
      },
      {
        text:
          row.createdAt === null
            ? 'When it was created is not known.'
            : `It was created on ${day(row.createdAt)}, ${plural(daysBetween(row.createdAt, now), 'day')} ago.`,
      },
    ]),
    observed: { source: row.source, from: row.from.toISOString(), to: row.to.toISOString() },
  };
}

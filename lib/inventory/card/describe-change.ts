import { isObject } from '#lib/core/json.ts';
import type { HistoryView } from '../card-schema.ts';

/** One span of what one source says of a node. */
export type FactSpan = {
  source: string;
  scopeId: number | null;
  fact: unknown;
  from: Date;
  to: Date | null;
  runFrom: string;
  runTo: string | null;
};

/** What the sources said of the node over time, the newest first: began, changed (what from and to), ended. */
export function describeFactSpans(spans: readonly FactSpan[]): HistoryView[] {
  const bySource = Map.groupBy(spans, (span) => JSON.stringify([span.source, span.scopeId]));
  return [...bySource.values()].flatMap((rows) => describeSource(rows)).sort(newestFirst);
}

export const newestFirst = (a: HistoryView, b: HistoryView): number =>
  b.at.localeCompare(a.at) || a.sentence.localeCompare(b.sentence);

function describeSource(rows: readonly FactSpan[]): HistoryView[] {
  const ordered = [...rows].sort((a, b) => a.from.getTime() - b.from.getTime());
  return ordered.flatMap((span, index) => {
    const before = ordered[index - 1];
    const after = ordered[index + 1];
    const continues = before?.to?.getTime() === span.from.getTime();
    const began: HistoryView = {
      at: span.from.toISOString(),
      what: continues ? 'changed' : 'began',
      sentence: continues ? describeDifference(before.fact, span.fact) : `${span.source} first states it.`,
      source: span.source,
      run: span.runFrom,
    };
    if (span.to === null || after?.from.getTime() === span.to.getTime()) return [began];
    const ended: HistoryView = {
      at: span.to.toISOString(),
      what: 'ended',
      sentence: `${span.source} no longer states it.`,
      source: span.source,
      run: span.runTo ?? span.runFrom,
    };
    return [began, ended];
  });
}

const SHOWN_MAX = 6;

/** The members that differ, each as `name: before → after`. */
export function describeDifference(before: unknown, after: unknown): string {
  const [old, now] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].sort();
  const changes = names
    .filter((name) => JSON.stringify(valueOf(old, name)) !== JSON.stringify(valueOf(now, name)))
    .map((name) => `${name}: ${factText(valueOf(old, name))} → ${factText(valueOf(now, name))}`);
  if (changes.length === 0) return 'Stated again, unchanged.';
  const more = changes.length > SHOWN_MAX ? `; and ${changes.length - SHOWN_MAX} more` : '';
  return `${changes.slice(0, SHOWN_MAX).join('; ')}${more}`;
}

const valueOf = (object: Record<string, unknown>, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;

const TEXT_MAX = 300;

/** A value of a fact as one line of text. */
export function factText(value: unknown): string {
  if (value === undefined || value === null) return 'none';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
}

/** Members of an object from outside as name and text, by name. */
export function factList(value: unknown): { name: string; value: string }[] {
  if (!isObject(value)) return [];
  return Object.entries(value)
    .map(([name, member]) => ({ name, value: factText(member) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

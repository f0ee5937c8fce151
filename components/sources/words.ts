import type { BadgeTone } from '#components/ui/badge.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';

type RunState = RunView['state'];

/** What a run's state is called, and how grave it is. */
export const RUN_STATE_WORDS: Record<RunState, { word: string; tone: BadgeTone }> = {
  queued: { word: 'Waiting', tone: 'neutral' },
  reading: { word: 'Reading', tone: 'info' },
  checking: { word: 'Checking', tone: 'info' },
  needs_confirmation: { word: 'Needs your yes', tone: 'warn' },
  committing: { word: 'Taking effect', tone: 'info' },
  done: { word: 'Done', tone: 'success' },
  unchanged: { word: 'Nothing new', tone: 'neutral' },
  refused: { word: 'Refused', tone: 'danger' },
  cancelled: { word: 'Cancelled', tone: 'neutral' },
  undone: { word: 'Undone', tone: 'warn' },
};

export const count = (value: number): string => value.toLocaleString('en');

/** Bytes in the largest unit that keeps a figure before the point. */
export function bytes(value: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, value < 1 ? 0 : Math.floor(Math.log10(value) / 3));
  const figure = value / 1000 ** power;
  return `${power === 0 ? String(value) : figure.toFixed(1)} ${units[power] ?? ''}`;
}

'use client';

import { useSyncExternalStore } from 'react';
import { formatDay, formatRelative, formatUtc } from './format-time.ts';

const TICK_MS = 30_000;

function subscribe(onTick: () => void): () => void {
  const timer = setInterval(onTick, TICK_MS);
  return () => clearInterval(timer);
}

const currentTick = () => Math.floor(Date.now() / TICK_MS);
const noTick = () => undefined;

export type RelativeTimeProps = {
  /** ISO 8601. An unreadable one is shown as it is. */
  at: string;
  className?: string;
};

/**
 * How long ago, with the exact UTC time as title. The server writes the day, since it cannot know when it will be read;
 * the browser turns it into words after hydration and keeps them true.
 */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const tick = useSyncExternalStore(subscribe, currentTick, noTick);
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span className={className}>{at}</span>;
  return (
    <time dateTime={date.toISOString()} title={formatUtc(date)} className={className}>
      {tick === undefined ? formatDay(date) : formatRelative(date, new Date((tick + 1) * TICK_MS))}
    </time>
  );
}

'use client';

import { useId, useState } from 'react';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { OverviewView } from '#lib/overview/schema.ts';
import { chartBars, niceMaximum } from './chart-bars.ts';

const WIDTH = 720;
const HEIGHT = 140;

export type EventsPerDayProps = { days: OverviewView['eventsPerDay'] | undefined; total: number | undefined };

/** Uses per day as bars, refused ones on top; the same numbers stand in a table for those who do not see it. */
export function EventsPerDay({ days, total }: EventsPerDayProps) {
  const titleId = useId();
  const [shown, setShown] = useState<number | null>(null);
  if (days?.length === 0) return null;
  const most = niceMaximum(Math.max(1, ...(days ?? []).map((one) => one.allowed + one.refused)));
  const bars = chartBars(days ?? [], { width: WIDTH, height: HEIGHT, most });
  const chosen = shown === null ? undefined : days?.[shown];
  return (
    <Section
      title="Uses seen per day"
      description={
        total === undefined
          ? undefined
          : `${total.toLocaleString('en')} in all; each counted once, however often it was delivered.`
      }
    >
      <Card>
        {days === undefined ? (
          <Skeleton className="h-40" />
        ) : (
          <figure>
            <svg
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-labelledby={titleId}
              className="h-36 w-full overflow-visible"
              onPointerLeave={() => setShown(null)}
            >
              <title id={titleId}>
                {`Uses per day from ${days[0]?.day ?? ''} to ${days.at(-1)?.day ?? ''}, at most ${most.toLocaleString('en')}`}
              </title>
              {[0, 0.5, 1].map((share) => (
                <line
                  key={share}
                  x1="0"
                  x2={WIDTH}
                  y1={HEIGHT * share}
                  y2={HEIGHT * share}
                  className="stroke-line"
                  vectorEffect="non-scaling-stroke"
                />
              ))}
              {bars.map((bar, index) => (
                <g key={bar.day} onPointerEnter={() => setShown(index)}>
                  <rect x={bar.x} y="0" width={bar.step} height={HEIGHT} fill="transparent" />
                  <rect
                    x={bar.x}
                    y={HEIGHT - bar.allowed}
                    width={bar.width}
                    height={bar.allowed}
                    className={index === shown ? 'fill-accent-text' : 'fill-accent'}
                  />
                  <rect
                    x={bar.x}
                    y={HEIGHT - bar.allowed - bar.refused}
                    width={bar.width}
                    height={bar.refused}
                    className="fill-danger"
                  />
                </g>
              ))}
            </svg>
            <figcaption className="mt-2 flex flex-wrap justify-between gap-x-4 gap-y-1 text-sm text-ink-muted">
              <span>{days[0]?.day}</span>
              <span className="flex gap-4">
                {chosen === undefined ? (
                  <>
                    <Key colour="bg-accent" word="Allowed" />
                    <Key colour="bg-danger" word="Denied or failed" />
                    <span>scale to {most.toLocaleString('en')}</span>
                  </>
                ) : (
                  `${chosen.day}: ${chosen.allowed.toLocaleString('en')} allowed, ${chosen.refused.toLocaleString('en')} denied or failed`
                )}
              </span>
              <span>{days.at(-1)?.day}</span>
            </figcaption>
            <DaysTable days={days} />
          </figure>
        )}
      </Card>
    </Section>
  );
}

function Key({ colour, word }: { colour: string; word: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden className={`size-2.5 rounded-xs ${colour}`} />
      {word}
    </span>
  );
}

function DaysTable({ days }: { days: OverviewView['eventsPerDay'] }) {
  return (
    <div className="sr-only">
      <table>
        <caption>Uses seen per day</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Allowed</th>
            <th scope="col">Denied or failed</th>
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={one.day}>
              <th scope="row">{one.day}</th>
              <td>{one.allowed}</td>
              <td>{one.refused}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

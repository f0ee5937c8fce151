'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import type { HistoryView } from '#lib/inventory/card-schema.ts';
import { Nothing } from './simple-table.tsx';

const SHOWN_FIRST = 12;
const MARKS = { began: 'bg-success', changed: 'bg-info', ended: 'bg-ink-faint' } as const;

export function History({ history }: { history: readonly HistoryView[] }) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? history : history.slice(0, SHOWN_FIRST);
  return (
    <Section title="History" description="What the sources said of it and when; nothing is overwritten.">
      {history.length === 0 && <Nothing>No source has stated anything of it.</Nothing>}
      <ol className="grid gap-3 border-l border-line pl-4">
        {shown.map((one, index) => (
          <li key={`${one.at} ${one.sentence} ${index}`} className="relative">
            <span
              aria-hidden
              className={`absolute top-1.5 -left-[1.3rem] size-2 rounded-full ring-4 ring-canvas ${MARKS[one.what]}`}
            />
            <p className="wrap-break-word">{one.sentence}</p>
            <p className="text-sm text-ink-faint">
              <RelativeTime at={one.at} /> · {one.source}
            </p>
          </li>
        ))}
      </ol>
      {history.length > SHOWN_FIRST && (
        <Button tone="quiet" className="mt-3" onClick={() => setAll(!isAll)}>
          {isAll ? 'Show less' : `Show all ${history.length}`}
        </Button>
      )}
    </Section>
  );
}

import { Card } from '#components/ui/card.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { bytes, count } from './words.ts';

const STEPS = {
  queued: 'Waiting for a free worker',
  reading: 'Reading the files',
  checking: 'Comparing with what is known',
  committing: 'Taking effect',
} as const;

/** How far a run is. It goes on when the page is closed. */
export function RunProgress({ run }: { run: RunView }) {
  const step = run.state in STEPS ? STEPS[run.state as keyof typeof STEPS] : 'Working';
  const isMeasured = run.state === 'reading' && run.bytesTotal > 0;
  return (
    <Card className="grid gap-3">
      <Progress
        label={step}
        done={isMeasured ? Math.round(run.bytesRead / 1000) : run.records}
        total={isMeasured ? Math.round(run.bytesTotal / 1000) : undefined}
        unit={isMeasured ? 'kB' : 'records'}
      />
      <p aria-live="polite" className="text-ink-muted tabular-nums">
        {count(run.records)} records so far, of {bytes(run.bytesTotal)}. Nothing takes effect before all of it
        is read and checked. You can leave this page.
      </p>
    </Card>
  );
}

import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import type { RunView } from '#lib/ingest/view-schema.ts';

const LOOKS = {
  success: { style: 'bg-success-soft text-success-ink', icon: <CircleCheck aria-hidden /> },
  info: { style: 'bg-info-soft text-info-ink', icon: <Info aria-hidden /> },
  warn: { style: 'bg-warn-soft text-warn-ink', icon: <TriangleAlert aria-hidden /> },
  danger: { style: 'bg-danger-soft text-danger-ink', icon: <TriangleAlert aria-hidden /> },
} as const satisfies Record<string, { style: string; icon: ReactNode }>;

/** The outcome in one sentence. */
export function RunMessage({ run }: { run: RunView }) {
  const { look, text } = outcome(run);
  const { style, icon } = LOOKS[look];
  return (
    <p
      role="status"
      className={classNames(
        'flex gap-2 rounded-lg p-3 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0',
        style,
      )}
    >
      {icon}
      <span>{text}</span>
    </p>
  );
}

function outcome(run: RunView): { look: keyof typeof LOOKS; text: string } {
  const more = run.message === null ? '' : ` ${run.message}`;
  switch (run.state) {
    case 'refused':
      return { look: 'danger', text: run.message ?? 'It was refused. Nothing was imported.' };
    case 'needs_confirmation':
      return {
        look: 'warn',
        text: run.message ?? 'It would end much of what the source states. Confirm it, or cancel.',
      };
    case 'cancelled':
      return { look: 'info', text: run.message ?? 'Cancelled. Nothing was imported.' };
    case 'undone':
      return { look: 'info', text: 'Undone: all that this run had brought was taken back.' };
    case 'unchanged':
      return {
        look: 'info',
        text: run.message ?? 'Everything in it was known already. Nothing has changed.',
      };
    default:
      return run.dryRun
        ? { look: 'info', text: `This is what would happen. Nothing has changed yet.${more}` }
        : { look: 'success', text: `It has taken effect.${more}` };
  }
}

import { classNames } from './class-names.ts';

export type ProgressProps = {
  label: string;
  done: number;
  /** Undefined as long as nobody knows how much there is; then only the count is shown. */
  total: number | undefined;
  /** What is counted: "records", "files". */
  unit: string;
  tone?: 'accent' | 'success' | 'danger';
  className?: string;
};

const FILLS = { accent: 'fill-accent', success: 'fill-success', danger: 'fill-danger' } as const;

/** How far a long job is, in counts and not only in a bar. */
export function Progress({ label, done, total, unit, tone = 'accent', className }: ProgressProps) {
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  const count = done.toLocaleString('en');
  const text = total === undefined ? `${count} ${unit}` : `${count} of ${total.toLocaleString('en')} ${unit}`;
  return (
    <div className={classNames('grid gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-4 text-sm">
        <span className="truncate font-medium">{label}</span>
        <span className="shrink-0 text-ink-muted tabular-nums">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuetext={text}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={total === undefined ? undefined : Math.min(done, total)}
        className="h-1.5 overflow-hidden rounded-full bg-hover"
      >
        {/* A width attribute, where a style would need an exception from the Content-Security-Policy. */}
        <svg aria-hidden className={classNames('block size-full', FILLS[tone])}>
          <rect
            width={share === undefined ? '100%' : `${(share * 100).toFixed(2)}%`}
            height="100%"
            rx="3"
            className={share === undefined ? 'animate-pulse opacity-50' : undefined}
          />
        </svg>
      </div>
    </div>
  );
}

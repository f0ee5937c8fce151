import { classNames } from './class-names.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

const SEVERITIES = {
  critical: { label: 'Critical', style: 'bg-critical-soft text-critical-ink', bars: 4 },
  high: { label: 'High', style: 'bg-high-soft text-high-ink', bars: 3 },
  medium: { label: 'Medium', style: 'bg-medium-soft text-medium-ink', bars: 2 },
  low: { label: 'Low', style: 'bg-low-soft text-low-ink', bars: 1 },
  info: { label: 'Info', style: 'bg-info-soft text-info-ink', bars: 0 },
} as const satisfies Record<Severity, { label: string; style: string; bars: number }>;

const BARS = [1, 2, 3, 4] as const;

/** Word, colour and the number of filled bars say the same, so that it can be read without colour and from afar. */
export function SeverityBadge({ severity, className }: { severity: Severity; className?: string }) {
  const { label, style, bars } = SEVERITIES[severity];
  return (
    <span
      className={classNames(
        'inline-flex h-5 align-middle items-center gap-1.5 rounded-sm px-1.5 text-xs font-medium whitespace-nowrap',
        style,
        className,
      )}
    >
      <svg aria-hidden viewBox="0 0 11 8" className="h-2 w-2.75 fill-current">
        {BARS.map((bar) => (
          <rect
            key={bar}
            x={(bar - 1) * 3}
            y={8 - bar * 2}
            width="2"
            height={bar * 2}
            opacity={bar <= bars ? 1 : 0.3}
          />
        ))}
      </svg>
      {label}
    </span>
  );
}

import Link from 'next/link';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Skeleton } from './skeleton.tsx';

export type StatTone = 'neutral' | 'success' | 'warn' | 'danger';

const TONES = {
  neutral: 'text-ink',
  success: 'text-success-ink',
  warn: 'text-warn-ink',
  danger: 'text-danger-ink',
} as const satisfies Record<StatTone, string>;

export type StatProps = {
  label: string;
  /** Undefined while it is loading. */
  value: number | string | undefined;
  /** What the number is a part of, or how it moved: "of 1,204", "+12 since Monday". */
  detail?: ReactNode;
  /** The list that the number counts. */
  href: string;
  tone?: StatTone;
  className?: string;
};

/** A number that opens the list it counts. */
export function Stat({ label, value, detail, href, tone = 'neutral', className }: StatProps) {
  return (
    <Link
      href={href}
      className={classNames(
        'group flex min-w-0 flex-col rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong',
        className,
      )}
    >
      <span className="text-sm text-ink-muted group-hover:text-ink">{label}</span>
      {value === undefined ? (
        <Skeleton className="mt-1 h-8 w-20" />
      ) : (
        <span className={classNames('mt-1 text-2xl font-semibold tracking-tight tabular-nums', TONES[tone])}>
          {typeof value === 'number' ? value.toLocaleString('en') : value}
        </span>
      )}
      {detail !== undefined && <span className="mt-1 text-sm text-ink-faint">{detail}</span>}
    </Link>
  );
}

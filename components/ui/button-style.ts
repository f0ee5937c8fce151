import { classNames } from './class-names.ts';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium';

const TONES = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-hover shadow-lift',
  secondary: 'bg-surface text-ink border border-line-strong/50 hover:bg-hover shadow-lift',
  quiet: 'text-ink-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-danger-contrast hover:bg-danger-hover shadow-lift',
} as const satisfies Record<ButtonTone, string>;

const SIZES = {
  small: 'h-7 px-2.5 text-sm gap-1.5 [&_svg]:size-3.5',
  medium: 'h-9 px-3.5 text-base gap-2 [&_svg]:size-4',
} as const satisfies Record<ButtonSize, string>;

/** The one look of everything that is pressed: buttons and links that stand as buttons. */
export function buttonStyle(
  tone: ButtonTone = 'secondary',
  size: ButtonSize = 'medium',
  extra?: string,
): string {
  return classNames(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50',
    'aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:shrink-0',
    TONES[tone],
    SIZES[size],
    extra,
  );
}

'use client';

import { useId, type ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Segment<Value extends string> = { value: Value; label: string; icon?: ReactNode };

export type SegmentedControlProps<Value extends string> = {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** Shows the icons alone; the labels stay for screen readers and on hover. */
  isIconOnly?: boolean;
  className?: string;
};

/** One of a few views of the same thing; one is always chosen. Radio buttons underneath, so that the arrow keys work. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={props.label}
      className={classNames(
        'inline-flex h-9 items-center gap-0.5 rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset',
        props.className,
      )}
    >
      {props.segments.map((segment) => (
        <label
          key={segment.value}
          title={props.isIconOnly ? segment.label : undefined}
          className={classNames(
            'relative inline-flex h-8 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-[5px] px-2 text-sm',
            'font-medium text-ink-muted hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-lift',
            'has-checked:ring-1 has-checked:ring-line has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4',
          )}
        >
          <input
            type="radio"
            name={name}
            value={segment.value}
            checked={segment.value === props.value}
            onChange={() => props.onChange(segment.value)}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
          />
          {segment.icon}
          <span className={props.isIconOnly ? 'sr-only' : undefined}>{segment.label}</span>
        </label>
      ))}
    </div>
  );
}

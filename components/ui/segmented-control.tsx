'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Segment<Value extends string> = { value: Value; label: string; icon?: ReactNode };

export type SegmentedControlProps<Value extends string> = {
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** Shows the icons alone; the labels stay for screen readers and as tooltip. */
  isIconOnly?: boolean;
  className?: string;
};

/** One of a few views of the same thing; one is always chosen. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={(next) => {
        const segment = props.segments.find(({ value }) => value === next);
        if (segment) props.onChange(segment.value);
      }}
      className={classNames('inline-flex h-9 items-center gap-0.5 rounded-md bg-sunken p-0.5 ring-1 ring-line ring-inset', props.className)}
    >
      {props.segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          title={props.isIconOnly ? segment.label : undefined}
          aria-label={props.isIconOnly ? segment.label : undefined}
          className="inline-flex h-8 flex-1 items-center justify-center gap-1.5 rounded-[5px] px-2.5 text-sm font-medium text-ink-muted hover:text-ink data-[state=on]:bg-surface data-[state=on]:text-ink data-[state=on]:shadow-lift data-[state=on]:ring-1 data-[state=on]:ring-line [&_svg]:size-4"
        >
          {segment.icon}
          {!props.isIconOnly && segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

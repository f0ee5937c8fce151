'use client';

import * as Primitive from 'radix-ui/radio-group';
import { useId } from 'react';
import { classNames } from './class-names.ts';

export type RadioOption<Value extends string> = {
  value: Value;
  label: string;
  /** What choosing it means. */
  hint?: string;
  isDisabled?: boolean;
};

export type RadioGroupProps<Value extends string> = {
  label: string;
  options: readonly RadioOption<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
  className?: string;
};

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const id = useId();
  return (
    <Primitive.Root
      aria-label={props.label}
      value={props.value ?? ''}
      onValueChange={(next) => {
        const option = props.options.find(({ value }) => value === next);
        if (option) props.onChange(option.value);
      }}
      className={classNames('grid gap-2', props.className)}
    >
      {props.options.map((option) => (
        <div key={option.value} className="flex items-start gap-2.5">
          <Primitive.Item
            id={`${id}-${option.value}`}
            value={option.value}
            disabled={option.isDisabled ?? false}
            aria-describedby={option.hint ? `${id}-${option.value}-hint` : undefined}
            className="relative mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-line-strong bg-surface after:absolute after:-inset-1 disabled:opacity-50 data-[state=checked]:border-accent"
          >
            <Primitive.Indicator className="size-2 rounded-full bg-accent" />
          </Primitive.Item>
          <div>
            <label htmlFor={`${id}-${option.value}`} className="font-medium">
              {option.label}
            </label>
            {option.hint && (
              <p id={`${id}-${option.value}-hint`} className="text-sm text-ink-muted">
                {option.hint}
              </p>
            )}
          </div>
        </div>
      ))}
    </Primitive.Root>
  );
}

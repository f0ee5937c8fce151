'use client';

import { Check, Minus } from 'lucide-react';
import * as Primitive from 'radix-ui/checkbox';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type CheckboxProps = ComponentProps<typeof Primitive.Root>;

/** A box with its mark; the 24 px target of WCAG 2.5.8 is reached by the invisible rim. Name it by a label or `aria-label`. */
export function Checkbox({ className, ...rest }: CheckboxProps) {
  return (
    <Primitive.Root
      className={classNames(
        'group relative grid size-4 shrink-0 place-items-center rounded-sm border border-line-strong bg-surface',
        'after:absolute after:-inset-1 data-[state=checked]:border-accent data-[state=checked]:bg-accent',
        'data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent disabled:opacity-50',
        className,
      )}
      {...rest}
    >
      <Primitive.Indicator className="text-accent-ink">
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Primitive.Indicator>
    </Primitive.Root>
  );
}

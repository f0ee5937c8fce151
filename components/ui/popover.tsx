'use client';

import * as Primitive from 'radix-ui/popover';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactNode;
  label: string;
  children: ReactNode;
  align?: 'start' | 'center' | 'end';
  isOpen?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  className?: string;
};

export function Popover({
  trigger,
  label,
  children,
  align = 'start',
  isOpen,
  onOpenChange,
  className,
}: PopoverProps) {
  return (
    <Primitive.Root
      {...(isOpen === undefined ? {} : { open: isOpen })}
      {...(onOpenChange ? { onOpenChange } : {})}
    >
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={12}
          className={classNames(
            'z-40 max-h-(--radix-popover-content-available-height) w-64 animate-appear overflow-y-auto',
            'rounded-lg border border-line bg-raised p-1 shadow-float focus-visible:outline-none',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

'use client';

import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { CloseButton } from './close-button.tsx';

export type SheetProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  children: ReactNode;
  side?: 'left' | 'right';
  /** Hides the title from sight where the content shows its own. */
  isTitleHidden?: boolean;
  footer?: ReactNode;
};

const SIDES = {
  left: 'left-0 w-72 border-r',
  right: 'right-0 w-full border-l sm:w-[28rem]',
} as const;

/** A panel over one edge: the navigation on a phone, the details of one row beside its list. */
export function Sheet({
  isOpen,
  onOpenChange,
  title,
  children,
  side = 'right',
  isTitleHidden = false,
  footer,
}: SheetProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Primitive.Content
          aria-describedby={undefined}
          className={classNames(
            'fixed inset-y-0 z-40 flex max-w-full animate-appear flex-col border-line bg-raised shadow-float focus-visible:outline-none',
            SIDES[side],
          )}
        >
          <div
            className={classNames(
              'flex h-14 shrink-0 items-center pr-14 pl-4',
              !isTitleHidden && 'border-b border-line',
            )}
          >
            <Primitive.Title
              className={isTitleHidden ? 'sr-only' : 'min-w-0 flex-1 truncate text-lg font-semibold'}
            >
              {title}
            </Primitive.Title>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer && <div className="flex justify-end gap-2 border-t border-line p-4">{footer}</div>}
          <CloseButton className="absolute top-3.5 right-3.5" />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

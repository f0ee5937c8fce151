'use client';

import * as Primitive from 'radix-ui/dialog';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { CloseButton } from './close-button.tsx';

export type DialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What is being decided and what follows from it. */
  description?: ReactNode;
  children?: ReactNode;
  /** The buttons, the safe one first. */
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
};

const WIDTHS = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-3xl' } as const;

/** A question that must be answered before going on. Esc and the scrim close it; focus returns to where it was. */
export function Dialog({
  isOpen,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'small',
}: DialogProps) {
  return (
    <Primitive.Root open={isOpen} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 animate-appear bg-scrim" />
        <Primitive.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'fixed inset-x-3 top-[8dvh] z-40 mx-auto flex max-h-[84dvh] animate-appear flex-col rounded-xl border border-line',
            'bg-raised shadow-float focus-visible:outline-none',
            WIDTHS[size],
          )}
        >
          <div className="px-5 pt-4 pr-14 pb-3">
            <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
            {description && (
              <Primitive.Description asChild>
                <div className="mt-1 text-ink-muted">{description}</div>
              </Primitive.Description>
            )}
          </div>
          {children && <div className="min-h-0 overflow-y-auto px-5 py-1">{children}</div>}
          <div className={classNames('flex flex-wrap justify-end gap-2 px-5 pt-3 pb-4', !footer && 'pt-0')}>
            {footer}
          </div>
          <CloseButton className="absolute top-3.5 right-3.5" />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

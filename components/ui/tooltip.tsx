'use client';

import * as Primitive from 'radix-ui/tooltip';
import type { ReactNode } from 'react';

const DELAY_MS = 400;

export type TooltipProps = {
  text: ReactNode;
  /** The one element that is explained; must take a ref and focus. */
  children: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
};

/** A short explanation on hover and focus; never the only place where something is said. */
export function Tooltip({ text, children, side = 'top' }: TooltipProps) {
  return (
    <Primitive.Provider delayDuration={DELAY_MS}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-72 animate-appear rounded-md bg-ink px-2 py-1 text-sm text-canvas shadow-float"
          >
            {text}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}

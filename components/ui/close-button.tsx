'use client';

import { X } from 'lucide-react';
import * as Dialog from 'radix-ui/dialog';
import { buttonStyle } from './button-style.ts';

/**
 * The cross of a dialog or sheet. Place it last, so that opening focuses the first thing to do and not the way out; it has no
 * tooltip, which would open by that focus.
 */
export function CloseButton({ className }: { className?: string }) {
  return (
    <Dialog.Close
      aria-label="Close"
      className={buttonStyle('quiet', 'small', `size-7 px-0 ${className ?? ''}`)}
    >
      <X aria-hidden />
    </Dialog.Close>
  );
}

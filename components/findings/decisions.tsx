'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { AcceptDialog } from './accept-dialog.tsx';
import { AssignDialog } from './assign-dialog.tsx';

export type DecisionsProps = { ids: readonly string[]; size?: 'small' | 'medium'; onDone: () => void };

/** What can be decided on one or many findings. */
export function Decisions({ ids, size = 'medium', onDone }: DecisionsProps) {
  const [open, setOpen] = useState<'accept' | 'assign' | null>(null);
  const close = (isOpen: boolean) => {
    if (!isOpen) setOpen(null);
  };
  return (
    <>
      <Button size={size} onClick={() => setOpen('assign')}>
        Assign
      </Button>
      <Button size={size} onClick={() => setOpen('accept')}>
        Accept the risk
      </Button>
      <AcceptDialog ids={ids} isOpen={open === 'accept'} onOpenChange={close} onDone={onDone} />
      <AssignDialog ids={ids} isOpen={open === 'assign'} onOpenChange={close} onDone={onDone} />
    </>
  );
}

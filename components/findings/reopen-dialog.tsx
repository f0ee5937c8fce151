'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import type { AcceptDialogProps } from './accept-dialog.tsx';
import { useDecision } from './use-decision.ts';

/** Takes an acceptance back before its date. */
export function ReopenDialog({ ids, isOpen, onOpenChange, onDone }: AcceptDialogProps) {
  const [reason, setReason] = useState('');
  const decision = useDecision(() => {
    onOpenChange(false);
    setReason('');
    onDone();
  });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title="Open it again"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            isBusy={decision.isPending}
            disabled={reason.trim().length < 3}
            onClick={() => decision.mutate({ decision: 'reopen', ids: [...ids], reason: reason.trim() })}
          >
            Open it again
          </Button>
        </>
      }
    >
      <Field label="Reason" isRequired>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {decision.error && (
        <p role="alert" className="mt-3 text-danger-ink">
          {decision.error.message}
        </p>
      )}
    </Dialog>
  );
}

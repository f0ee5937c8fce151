'use client';

import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useDecision } from './use-decision.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const LONGEST_DAYS = 365;

export type AcceptDialogProps = {
  ids: readonly string[];
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onDone: () => void;
};

/** Accepts a risk until a date, with a reason; the finding stays in the numbers and opens again by itself. */
export function AcceptDialog({ ids, isOpen, onOpenChange, onDone }: AcceptDialogProps) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const decision = useDecision(() => {
    onOpenChange(false);
    setReason('');
    onDone();
  });
  const [today] = useState(() => Date.now());
  const day = (days: number) => new Date(today + days * DAY_MS).toISOString().slice(0, 10);
  const chosen = until === '' ? day(DEFAULT_DAYS) : until;
  const isReady = reason.trim().length >= 3;
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={ids.length === 1 ? 'Accept this finding' : `Accept ${ids.length} findings`}
      description="It leaves the list of open findings until the date, and then opens again. The reason is kept in the audit log."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            isBusy={decision.isPending}
            disabled={!isReady}
            onClick={() => {
              decision.mutate({
                decision: 'accept',
                ids: [...ids],
                reason: reason.trim(),
                until: `${chosen}T23:59:59Z`,
              });
            }}
          >
            Accept until {chosen}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Reason" hint="Why it can stay as it is, for whoever reads this in a year." isRequired>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label="Until" hint="A year at most." isRequired>
          {(control) => (
            <Input
              {...control}
              type="date"
              min={day(1)}
              max={day(LONGEST_DAYS)}
              value={chosen}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
        {decision.error && (
          <p role="alert" className="text-danger-ink">
            {decision.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

'use client';

import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import type { ButtonTone } from './button-style.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Textarea } from './textarea.tsx';

export type ReasonDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  title: string;
  /** What is being decided and what follows from it. */
  description?: ReactNode;
  /** The label of the text; "Reason" unless said otherwise. */
  label?: string;
  hint?: string;
  confirm: string;
  tone?: ButtonTone;
  isBusy: boolean;
  /** What the server refused, in its words. */
  problem: string | undefined;
  onConfirm: (reason: string) => void;
  /** Further fields above the reason. */
  children?: ReactNode;
  isBlocked?: boolean;
};

const REASON_MIN = 3;

/** A decision that wants a reason: what follows from it, why, and one button. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const isTooShort = reason.trim().length < REASON_MIN;
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
      title={props.title}
      description={props.description}
      footer={
        <>
          <Button onClick={() => props.onOpenChange(false)}>Back</Button>
          <Button
            tone={props.tone ?? 'primary'}
            isBusy={props.isBusy}
            disabled={isTooShort || props.isBlocked === true}
            onClick={() => props.onConfirm(reason.trim())}
          >
            {props.confirm}
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {props.children}
        <Field label={props.label ?? 'Reason'} hint={props.hint} error={props.problem} isRequired>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

'use client';

import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { ApiProblem } from '#lib/query/fetch-json.ts';
import { confirmIdentity } from '#lib/query/own-account.ts';
import { FormProblem } from './form-problem.tsx';
import { formText } from './form-text.ts';

export type ConfirmIdentityProps = {
  /** The error of what was tried; the dialog opens when the server wants a recent sign-in for it. */
  error: Error | null;
  /** Tries it again once it is proven who sits here. */
  onConfirmed: () => void;
  onCancel: () => void;
};

/** Asks for the password again before what cannot be taken back. */
export function ConfirmIdentity({ error, onConfirmed, onCancel }: ConfirmIdentityProps) {
  const confirm = useMutation({ mutationFn: confirmIdentity, onSuccess: onConfirmed });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    // A dialog stands in a form's place in React's tree, so its submit must not reach that form.
    event.stopPropagation();
    confirm.mutate(formText(new FormData(event.currentTarget), 'password'));
  };
  return (
    <Dialog
      isOpen={needsConfirmation(error)}
      onOpenChange={(isOpen) => {
        if (!isOpen) onCancel();
      }}
      title="Confirm that it is you"
      description="Your sign-in is more than 15 minutes old. This change asks for your password again."
    >
      <form className="grid gap-4 pb-2" onSubmit={submit}>
        <Field label="Password" isRequired>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" autoFocus />
          )}
        </Field>
        <FormProblem text={confirm.error?.message} />
        <Button type="submit" tone="primary" isBusy={confirm.isPending}>
          Continue
        </Button>
      </form>
    </Dialog>
  );
}

/** Whether an error only says that the sign-in is too old. */
export const needsConfirmation = (error: Error | null): boolean =>
  error instanceof ApiProblem && error.code === 'sign_in_again';

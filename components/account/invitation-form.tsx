'use client';

import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { acceptInvitation, signInWithPassword } from '#lib/query/account.ts';
import { ApiProblem } from '#lib/query/fetch-json.ts';
import { FormProblem } from './form-problem.tsx';
import { formText } from './form-text.ts';

/** Sets the password that belongs to the code behind # in the address, and signs in. */
export function InvitationForm() {
  const accept = useMutation({
    mutationFn: async (password: string) => {
      const { email } = await acceptInvitation({ code: window.location.hash.slice(1), password });
      await signInWithPassword({ email, password });
    },
    onSuccess: () => window.location.assign('/'),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    accept.mutate(formText(new FormData(event.currentTarget), 'password'));
  };
  const weak =
    accept.error instanceof ApiProblem
      ? accept.error.fields.find((field) => field.path === 'body.password')?.message
      : undefined;
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        label="New password"
        hint="At least 12 characters; a few random words do well."
        isRequired
        error={weak}
      >
        {(control) => (
          <Input {...control} name="password" type="password" autoComplete="new-password" autoFocus />
        )}
      </Field>
      <FormProblem text={weak === undefined ? accept.error?.message : undefined} />
      <Button type="submit" tone="primary" className="w-full" isBusy={accept.isPending || accept.isSuccess}>
        Set the password and sign in
      </Button>
    </form>
  );
}

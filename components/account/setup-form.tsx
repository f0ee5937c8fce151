'use client';

import { useMutation } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { completeSetup, signInWithPassword } from '#lib/query/account.ts';
import { ApiProblem } from '#lib/query/fetch-json.ts';
import { FormProblem } from './form-problem.tsx';
import { formText } from './form-text.ts';

/** Creates the first administrator and signs them in. */
export function SetupForm() {
  const setup = useMutation({
    mutationFn: async (input: { code: string; name: string; email: string; password: string }) => {
      await completeSetup(input);
      await signInWithPassword(input);
    },
    onSuccess: () => window.location.assign('/setup/first-steps'),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => formText(fields, name);
    setup.mutate({
      code: text('code'),
      name: text('name'),
      email: text('email'),
      password: text('password'),
    });
  };
  const fields = setup.error instanceof ApiProblem ? setup.error.fields : [];
  const errorOf = (name: string) => fields.find((field) => field.path === `body.${name}`)?.message;
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <Field
        label="Set-up code"
        hint="Bailiwick printed it on the console when it started."
        isRequired
        error={errorOf('code')}
      >
        {(control) => (
          <Input
            {...control}
            name="code"
            autoFocus
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      <Field label="Your name" isRequired error={errorOf('name')}>
        {(control) => <Input {...control} name="name" autoComplete="name" />}
      </Field>
      <Field label="E-mail" isRequired error={errorOf('email')}>
        {(control) => <Input {...control} name="email" type="email" autoComplete="username" />}
      </Field>
      <Field
        label="Password"
        hint="At least 12 characters; a few random words do well."
        isRequired
        error={errorOf('password')}
      >
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <FormProblem text={fields.length === 0 ? setup.error?.message : undefined} />
      <Button type="submit" tone="primary" className="w-full" isBusy={setup.isPending || setup.isSuccess}>
        Create the administrator
      </Button>
    </form>
  );
}

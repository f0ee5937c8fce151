'use client';

import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import type { SubmitEvent } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { signInWithPassword, startSingleSignOn } from '#lib/query/account.ts';
import { FormProblem } from './form-problem.tsx';
import { formText } from './form-text.ts';

export type SignInFormProps = {
  /** Path of this installation to go to afterwards. */
  returnTo: string;
  /** What the button of single sign-on says; null: not configured. */
  singleSignOn: string | null;
  /** Why the last attempt through the provider failed. */
  problem: string | undefined;
};

export function SignInForm({ returnTo, singleSignOn, problem }: SignInFormProps) {
  const password = useMutation({
    mutationFn: signInWithPassword,
    // A whole load, so that nothing of whoever was signed in before stays in memory.
    onSuccess: () => window.location.assign(returnTo),
  });
  const provider = useMutation({
    mutationFn: () => startSingleSignOn(returnTo),
    onSuccess: (url) => window.location.assign(url),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    password.mutate({ email: formText(fields, 'email'), password: formText(fields, 'password') });
  };
  const failure = password.error ?? provider.error;
  return (
    <div className="grid gap-5">
      {singleSignOn !== null && (
        <>
          <Button
            tone="primary"
            className="w-full"
            isBusy={provider.isPending || provider.isSuccess}
            onClick={() => provider.mutate()}
          >
            <KeyRound aria-hidden />
            {singleSignOn}
          </Button>
          <p className="flex items-center gap-3 text-sm text-ink-faint before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
            or with a local account
          </p>
        </>
      )}
      <form className="grid gap-4" onSubmit={submit}>
        <Field label="E-mail" isRequired>
          {(control) => <Input {...control} name="email" type="email" autoComplete="username" autoFocus />}
        </Field>
        <Field label="Password" isRequired>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" />
          )}
        </Field>
        <FormProblem text={failure?.message ?? (password.isIdle && provider.isIdle ? problem : undefined)} />
        <Button
          type="submit"
          tone={singleSignOn === null ? 'primary' : 'secondary'}
          className="w-full"
          isBusy={password.isPending || password.isSuccess}
        >
          Sign in
        </Button>
      </form>
    </div>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { formText } from '#components/account/form-text.ts';
import { useConfirmedChange } from '#components/account/use-confirmed-change.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { Select } from '#components/ui/select.tsx';
import { PERMISSIONS, TOKEN_SCOPES } from '#lib/authz/permissions.ts';
import { createToken, tokensQuery } from '#lib/query/tokens.ts';
import { ShownOnce } from './shown-once.tsx';

const LIFETIMES = ['30', '90', '180', '365'].map((value) => ({ value, label: `${value} days` }));

/** Makes an API token and shows it, once. */
export function TokenForm() {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const { change, confirmation, problem } = useConfirmedChange(createToken, () => {
    void queries.invalidateQueries(tokensQuery);
  });
  const toggle = (open: boolean) => {
    setOpen(open);
    change.reset();
  };
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    change.mutate({
      name: formText(fields, 'name'),
      scopes: TOKEN_SCOPES.filter((scope) => fields.has(scope)),
      expiresInDays: Number(formText(fields, 'days')),
    });
  };
  return (
    <>
      <Button tone="primary" onClick={() => toggle(true)}>
        New token
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={toggle}
        title={change.data ? 'Copy the token now' : 'New API token'}
        size="medium"
      >
        {change.data ? (
          <div className="pb-3">
            <ShownOnce
              value={change.data.token}
              label="Copy the token"
              hint="It is not kept and cannot be shown again. Send it as “Authorization: Bearer …”."
            />
          </div>
        ) : (
          <form className="grid gap-4 pb-3" onSubmit={submit}>
            <Field label="What is it for?" isRequired hint="The pipeline or program that will use it.">
              {(control) => <Input {...control} name="name" autoComplete="off" autoFocus />}
            </Field>
            <ScopeFields />
            <Field label="Expires after" isRequired>
              {(control) => <Select {...control} name="days" options={LIFETIMES} defaultValue="90" />}
            </Field>
            <FormProblem text={problem} />
            <Button type="submit" tone="primary" isBusy={change.isPending}>
              Make the token
            </Button>
          </form>
        )}
      </Dialog>
      {confirmation}
    </>
  );
}

function ScopeFields() {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">What it may do</legend>
      {TOKEN_SCOPES.map((scope) => (
        <label key={scope} className="flex items-start gap-2.5 text-sm">
          <input type="checkbox" name={scope} className="mt-0.5 size-4 accent-(--accent)" />
          <span>
            {PERMISSIONS[scope]} <code className="font-mono text-xs text-ink-faint">{scope}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

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
import { inviteUser, USERS_KEY } from '#lib/query/users.ts';
import { isRole, ROLE_OPTIONS } from './role-options.ts';
import { ShownOnce } from './shown-once.tsx';

/** Invites a person and shows the link to send them, once. */
export function InviteDialog() {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const { change, confirmation, problem } = useConfirmedChange(inviteUser, () => {
    void queries.invalidateQueries({ queryKey: USERS_KEY });
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const role = formText(fields, 'role');
    if (isRole(role))
      change.mutate({ name: formText(fields, 'name'), email: formText(fields, 'email'), role });
  };
  const toggle = (open: boolean) => {
    setOpen(open);
    change.reset();
  };
  return (
    <>
      <Button tone="primary" onClick={() => toggle(true)}>
        Invite a person
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={toggle}
        title={change.data ? 'Send them this link' : 'Invite a person'}
        description={
          change.data ? undefined : 'They set their own password with a link that works once, for 72 hours.'
        }
      >
        {change.data ? (
          <div className="pb-3">
            <ShownOnce
              value={change.data.link}
              label="Copy the link"
              hint="It is shown only now. A new one can be made in the list."
            />
          </div>
        ) : (
          <form className="grid gap-4 pb-3" onSubmit={submit}>
            <Field label="Name" isRequired>
              {(control) => <Input {...control} name="name" autoComplete="off" autoFocus />}
            </Field>
            <Field label="E-mail" isRequired>
              {(control) => <Input {...control} name="email" type="email" autoComplete="off" />}
            </Field>
            <Field label="Role" isRequired>
              {(control) => <Select {...control} name="role" options={ROLE_OPTIONS} defaultValue="owner" />}
            </Field>
            <FormProblem text={problem} />
            <Button type="submit" tone="primary" isBusy={change.isPending}>
              Make the link
            </Button>
          </form>
        )}
      </Dialog>
      {confirmation}
    </>
  );
}

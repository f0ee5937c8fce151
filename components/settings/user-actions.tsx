'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { useConfirmedChange } from '#components/account/use-confirmed-change.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import type { UserView } from '#lib/auth/users/schema.ts';
import { changeUser, renewInvitation, USERS_KEY } from '#lib/query/users.ts';
import { isRole, ROLE_OPTIONS, type Role } from './role-options.ts';
import { ShownOnce } from './shown-once.tsx';

/** Role, disablement and a new password link of one person. */
export function UserActions({ user, isSelf }: { user: UserView; isSelf: boolean }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`Change ${user.name}`}>
        Change
      </Button>
      {isOpen && <UserDialog user={user} isSelf={isSelf} onClose={() => setOpen(false)} />}
    </>
  );
}

function UserDialog({ user, isSelf, onClose }: { user: UserView; isSelf: boolean; onClose: () => void }) {
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>(user.role);
  const refresh = () => void queries.invalidateQueries({ queryKey: USERS_KEY });
  const saved = useConfirmedChange(changeUser, () => {
    refresh();
    onClose();
  });
  const invited = useConfirmedChange(renewInvitation, refresh);
  const isLocal = user.issuer === 'local';
  const isDisabled = user.state === 'disabled';
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={user.name}
      description={isSelf ? 'Nobody changes their own role or disables themselves.' : user.email}
    >
      <div className="grid gap-5 pb-3">
        <Field
          label="Role"
          isRequired
          hint={isLocal ? 'A change signs the person out everywhere.' : 'Comes from single sign-on.'}
        >
          {(control) => (
            <Select
              {...control}
              options={ROLE_OPTIONS}
              value={role}
              disabled={isSelf || !isLocal}
              onChange={(event) => {
                if (isRole(event.target.value)) setRole(event.target.value);
              }}
            />
          )}
        </Field>
        {invited.change.data && (
          <ShownOnce
            value={invited.change.data.link}
            label="Copy the link"
            hint="It is shown only now and works once, for 72 hours."
          />
        )}
        <FormProblem text={saved.problem ?? invited.problem} />
        <div className="flex flex-wrap gap-2">
          <Button
            tone="primary"
            disabled={role === user.role}
            isBusy={saved.change.isPending}
            onClick={() => saved.change.mutate({ userId: user.id, role })}
          >
            Save the role
          </Button>
          {isLocal && (
            <Button isBusy={invited.change.isPending} onClick={() => invited.change.mutate(user.id)}>
              New password link
            </Button>
          )}
          <Button
            tone={isDisabled ? 'secondary' : 'danger'}
            disabled={isSelf}
            isBusy={saved.change.isPending}
            onClick={() => saved.change.mutate({ userId: user.id, disabled: !isDisabled })}
          >
            {isDisabled ? 'Enable' : 'Disable'}
          </Button>
        </div>
      </div>
      {saved.confirmation}
      {invited.confirmation}
    </Dialog>
  );
}

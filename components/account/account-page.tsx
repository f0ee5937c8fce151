'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type SubmitEvent } from 'react';
import { Loaded } from '#components/loaded.tsx';
import { PlainTable, type PlainColumn } from '#components/settings/plain-table.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { AccountView, SessionView } from '#lib/auth/account/schema.ts';
import { ApiProblem } from '#lib/query/fetch-json.ts';
import { accountQuery, changePassword, endOtherSessions, endSession } from '#lib/query/own-account.ts';
import { deviceName } from './device-name.ts';
import { FormProblem } from './form-problem.tsx';
import { formText } from './form-text.ts';

/** Who one is here, where one is signed in, and one's password. */
export function AccountPage() {
  const query = useQuery(accountQuery);
  return (
    <Loaded query={query}>
      {(account) => (
        <div className="grid gap-8">
          <div className="grid items-start gap-8 lg:grid-cols-2">
            <Section title="You">
              <Card>
                <DescriptionList>
                  <KeyValue term="Name">{account.name}</KeyValue>
                  <KeyValue term="E-mail">{account.email}</KeyValue>
                  <KeyValue term="Role">{account.role}</KeyValue>
                  <KeyValue term="Teams">
                    {account.teams.map((team) => `${team.name}${team.lead ? ' (lead)' : ''}`).join(', ')}
                  </KeyValue>
                </DescriptionList>
              </Card>
            </Section>
            <Section title="Password">
              <Card>
                {account.hasPassword ? (
                  <PasswordForm />
                ) : (
                  <p className="text-ink-muted">
                    You sign in through your organisation; there is no password here.
                  </p>
                )}
              </Card>
            </Section>
          </div>
          <Sessions account={account} />
        </div>
      )}
    </Loaded>
  );
}

function PasswordForm() {
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const showToast = useToast();
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: () => {
      form.current?.reset();
      void queries.invalidateQueries(accountQuery);
      showToast({
        tone: 'success',
        title: 'Your password is changed',
        detail: 'Every other session has ended.',
      });
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    change.mutate({ current: formText(fields, 'current'), password: formText(fields, 'password') });
  };
  const fields = change.error instanceof ApiProblem ? change.error.fields : [];
  const errorOf = (name: string) => fields.find((field) => field.path === `body.${name}`)?.message;
  return (
    <form ref={form} className="grid gap-4" onSubmit={submit}>
      <Field label="Present password" isRequired error={errorOf('current')}>
        {(control) => <Input {...control} name="current" type="password" autoComplete="current-password" />}
      </Field>
      <Field
        label="New password"
        isRequired
        hint="At least 12 characters; a few random words do well."
        error={errorOf('password')}
      >
        {(control) => <Input {...control} name="password" type="password" autoComplete="new-password" />}
      </Field>
      <FormProblem text={fields.length === 0 ? change.error?.message : undefined} />
      <div>
        <Button type="submit" tone="primary" isBusy={change.isPending}>
          Change the password
        </Button>
      </div>
    </form>
  );
}

function Sessions({ account }: { account: AccountView }) {
  const queries = useQueryClient();
  const onSuccess = () => void queries.invalidateQueries(accountQuery);
  const end = useMutation({ mutationFn: endSession, onSuccess });
  const endOthers = useMutation({ mutationFn: endOtherSessions, onSuccess });
  const columns: readonly PlainColumn<SessionView>[] = [
    {
      title: 'Device',
      cell: (session) => (
        <span title={session.userAgent ?? undefined}>
          {deviceName(session.userAgent)} {session.isThisOne && <Badge tone="accent">this one</Badge>}
        </span>
      ),
    },
    { title: 'Address', cell: (session) => session.address ?? 'not known' },
    { title: 'Signed in', cell: (session) => <RelativeTime at={session.createdAt} /> },
    { title: 'Last seen', cell: (session) => <RelativeTime at={session.lastSeenAt} /> },
    {
      title: 'Actions',
      isTitleHidden: true,
      className: 'text-right',
      cell: (session) =>
        !session.isThisOne && (
          <Button
            size="small"
            isBusy={end.isPending && end.variables === session.id}
            onClick={() => end.mutate(session.id)}
          >
            End
          </Button>
        ),
    },
  ];
  return (
    <Section
      title="Where you are signed in"
      description="A session ends after 8 hours without use, and after 7 days in any case."
      actions={
        account.sessions.length > 1 && (
          <Button isBusy={endOthers.isPending} onClick={() => endOthers.mutate()}>
            End all others
          </Button>
        )
      }
    >
      <PlainTable
        label="Sessions"
        columns={columns}
        rows={account.sessions}
        rowId={(session) => session.id}
      />
      <FormProblem text={end.error?.message ?? endOthers.error?.message} />
    </Section>
  );
}

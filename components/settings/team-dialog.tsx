'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { formText } from '#components/account/form-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Combobox, type ComboboxOption } from '#components/ui/combobox.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import type { TeamView } from '#lib/auth/teams/schema.ts';
import { putMember, removeMember, removeTeam, saveTeam, teamsQuery } from '#lib/query/teams.ts';
import { usersQuery } from '#lib/query/users.ts';

type TeamDialogProps = { team: TeamView | null; onClose: () => void };

/** A team's name, its node in the trust graph, and its members; `team: null` makes a new one. */
export function TeamDialog({ team, onClose }: TeamDialogProps) {
  const queries = useQueryClient();
  const onSuccess = () => {
    void queries.invalidateQueries(teamsQuery);
    onClose();
  };
  const save = useMutation({ mutationFn: saveTeam, onSuccess });
  const remove = useMutation({ mutationFn: removeTeam, onSuccess });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const nodeKey = formText(fields, 'nodeKey').trim();
    save.mutate({
      teamId: team?.id ?? null,
      name: formText(fields, 'name'),
      nodeKey: nodeKey === '' ? null : nodeKey,
    });
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={team?.name ?? 'New team'}
      size="medium"
    >
      <div className="grid gap-6 pb-3">
        <form className="grid gap-4" onSubmit={submit}>
          <Field label="Name" isRequired>
            {(control) => <Input {...control} name="name" defaultValue={team?.name} autoComplete="off" />}
          </Field>
          <Field
            label="Key of the team in the trust graph"
            hint="Members see and answer for what this node owns."
          >
            {(control) => (
              <Input
                {...control}
                name="nodeKey"
                defaultValue={team?.nodeKey ?? ''}
                placeholder="backstage://default/group/payments"
                autoComplete="off"
                className="font-mono text-sm"
              />
            )}
          </Field>
          <FormProblem text={save.error?.message ?? remove.error?.message} />
          <div className="flex gap-2">
            <Button type="submit" tone="primary" isBusy={save.isPending}>
              Save
            </Button>
            {team && (
              <Button tone="danger" isBusy={remove.isPending} onClick={() => remove.mutate(team.id)}>
                Remove the team
              </Button>
            )}
          </div>
        </form>
        {team && <Members team={team} />}
      </div>
    </Dialog>
  );
}

function Members({ team }: { team: TeamView }) {
  const queries = useQueryClient();
  const onSuccess = () => void queries.invalidateQueries(teamsQuery);
  const put = useMutation({ mutationFn: putMember, onSuccess });
  const remove = useMutation({ mutationFn: removeMember, onSuccess });
  return (
    <section className="grid gap-3" aria-label="Members">
      <h3 className="font-semibold">Members</h3>
      <ul className="divide-y divide-line rounded-lg border border-line empty:hidden">
        {team.members.map((member) => (
          <li key={member.userId} className="flex flex-wrap items-center gap-2 px-3 py-2">
            <span className="min-w-0 flex-1">
              <NameText value={member.name} className="font-medium" />{' '}
              {member.lead && <Badge tone="accent">lead</Badge>}{' '}
              {member.claimed && <Badge>from single sign-on</Badge>}
              <span className="block text-sm text-ink-muted">
                <NameText value={member.email} />
              </span>
            </span>
            <Button
              size="small"
              isBusy={put.isPending}
              onClick={() => put.mutate({ teamId: team.id, userId: member.userId, lead: !member.lead })}
            >
              {member.lead ? 'Not lead' : 'Make lead'}
            </Button>
            <Button
              size="small"
              tone="quiet"
              isBusy={remove.isPending}
              aria-label={`Remove ${member.name}`}
              onClick={() => remove.mutate({ teamId: team.id, userId: member.userId })}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      <AddMember onPick={(userId) => put.mutate({ teamId: team.id, userId, lead: false })} />
      <FormProblem text={put.error?.message ?? remove.error?.message} />
    </section>
  );
}

function AddMember({ onPick }: { onPick: (userId: string) => void }) {
  const [text, setText] = useState('');
  const found = useQuery(usersQuery(new URLSearchParams({ q: text.slice(0, 200) }).toString()));
  const options: ComboboxOption[] = (found.data?.rows ?? []).map(({ id, name, email }) => {
    return { value: id, label: name, hint: email };
  });
  return (
    <Combobox
      label="Add a member"
      placeholder="Add a member…"
      options={options}
      value={undefined}
      onChange={(option) => onPick(option.value)}
      onSearch={setText}
      isSearching={found.isFetching}
    />
  );
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { TeamView } from '#lib/auth/teams/schema.ts';
import { importTeams, teamsQuery } from '#lib/query/teams.ts';
import { Loaded } from '#components/loaded.tsx';
import { PlainTable, type PlainColumn } from './plain-table.tsx';
import { TeamDialog } from './team-dialog.tsx';

const COLUMNS: readonly PlainColumn<TeamView>[] = [
  { title: 'Team', cell: (team) => <NameText value={team.name} className="font-medium" /> },
  {
    title: 'In the trust graph',
    className: 'max-w-80',
    cell: (team) =>
      team.nodeKey === null ? (
        <span className="text-ink-faint">not joined</span>
      ) : (
        <>
          <KeyText value={team.nodeKey} />
          {team.node === null && <Badge tone="warn">no such node</Badge>}
        </>
      ),
  },
  { title: 'Answers for', cell: (team) => (team.node === null ? '—' : team.node.owned.toLocaleString('en')) },
  {
    title: 'Members',
    cell: (team) =>
      team.members.map((member) => `${member.name}${member.lead ? ' (lead)' : ''}`).join(', ') || (
        <span className="text-ink-faint">nobody</span>
      ),
  },
];

export function TeamList({ mayManage }: { mayManage: boolean }) {
  const [openId, setOpenId] = useState<string | null>(null);
  const [isNew, setNew] = useState(false);
  const query = useQuery(teamsQuery);
  const open = query.data?.rows.find((team) => team.id === openId);
  const edit: PlainColumn<TeamView> = {
    title: 'Actions',
    isTitleHidden: true,
    className: 'text-right',
    cell: (team) => (
      <Button size="small" aria-label={`Change ${team.name}`} onClick={() => setOpenId(team.id)}>
        Change
      </Button>
    ),
  };
  return (
    <div className="grid gap-4">
      {mayManage && (
        <div className="flex gap-2">
          <Button tone="primary" onClick={() => setNew(true)}>
            New team
          </Button>
          <ImportTeams />
        </div>
      )}
      <Loaded query={query}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="No teams yet">
              An owner sees what their teams answer for. Take the teams over from the sources, or make one.
            </EmptyState>
          ) : (
            <PlainTable
              label="Teams"
              columns={mayManage ? [...COLUMNS, edit] : COLUMNS}
              rows={rows}
              rowId={(team) => team.id}
            />
          )
        }
      </Loaded>
      {open && <TeamDialog team={open} onClose={() => setOpenId(null)} />}
      {isNew && <TeamDialog team={null} onClose={() => setNew(false)} />}
    </div>
  );
}

function ImportTeams() {
  const queries = useQueryClient();
  const showToast = useToast();
  const take = useMutation({
    mutationFn: importTeams,
    onSuccess: ({ teams, members }) => {
      void queries.invalidateQueries(teamsQuery);
      const isNothing = teams + members === 0;
      showToast({
        tone: 'success',
        title: isNothing
          ? 'Everything was here already'
          : `${teams} teams and ${members} memberships were added`,
      });
    },
    onError: (error) =>
      showToast({ tone: 'danger', title: 'The teams were not taken over', detail: error.message }),
  });
  return (
    <Button isBusy={take.isPending} onClick={() => take.mutate()}>
      Take over from the sources
    </Button>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf, type DataColumns } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { Badge, type BadgeTone } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { UserView } from '#lib/auth/users/schema.ts';
import { ROLES } from '#lib/authz/permissions.ts';
import { usersQuery } from '#lib/query/users.ts';
import { ROLE_OPTIONS } from './role-options.ts';
import { UserActions } from './user-actions.tsx';

const SHAPE: TableShape = { defaultSort: 'name', filters: ['role', 'state'] };
const STATE_TONES: Record<UserView['state'], BadgeTone> = {
  active: 'success',
  invited: 'info',
  disabled: 'neutral',
};

const column = columnsOf<UserView>();

function columnsFor(selfId: string, mayManage: boolean): DataColumns<UserView> {
  return [
    column.accessor('name', {
      header: 'Name',
      cell: ({ row }) => (
        <div className="min-w-0">
          <NameText value={row.original.name} className="font-medium" />
          {row.original.id === selfId && <span className="ml-1.5 text-ink-faint">you</span>}
        </div>
      ),
    }),
    column.accessor('email', {
      header: 'E-mail',
      cell: ({ row }) => <NameText value={row.original.email} />,
    }),
    column.accessor('role', { header: 'Role', cell: ({ row }) => ROLES[row.original.role].title }),
    column.accessor('state', {
      header: 'State',
      enableSorting: false,
      cell: ({ row }) => <Badge tone={STATE_TONES[row.original.state]}>{row.original.state}</Badge>,
    }),
    column.accessor('teams', {
      header: 'Teams',
      enableSorting: false,
      cell: ({ row }) => row.original.teams.map((team) => team.name).join(', ') || '—',
    }),
    column.accessor('issuer', {
      header: 'Signs in with',
      enableSorting: false,
      cell: ({ row }) => (row.original.issuer === 'local' ? 'Password' : 'Single sign-on'),
    }),
    column.accessor('lastSignInAt', {
      header: 'Last sign-in',
      cell: ({ row }) => {
        const at = row.original.lastSignInAt;
        return at === null ? 'never' : <RelativeTime at={at} />;
      },
    }),
    ...(mayManage
      ? [
          column.display({
            id: 'actions',
            header: () => <span className="sr-only">Actions</span>,
            meta: { align: 'end', name: 'Actions' },
            cell: ({ row }) => <UserActions user={row.original} isSelf={row.original.id === selfId} />,
          }),
        ]
      : []),
  ];
}

export function UsersTable({ selfId, mayManage }: { selfId: string; mayManage: boolean }) {
  const address = useTableState(SHAPE);
  const list = useQuery(usersQuery(address.query));
  return (
    <DataTable
      label="Users"
      nouns={['person', 'people']}
      columns={columnsFor(selfId, mayManage)}
      rowId={(user) => user.id}
      address={address}
      list={list}
      searchHint="Name or e-mail"
      filters={[
        { name: 'role', label: 'Role', options: ROLE_OPTIONS },
        {
          name: 'state',
          label: 'State',
          options: Object.keys(STATE_TONES).map((value) => ({ value, label: value })),
        },
      ]}
      empty={<EmptyState title="Nobody matches">Clear the filters, or invite the person.</EmptyState>}
    />
  );
}

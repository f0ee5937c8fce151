'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { runPage } from '#lib/query/runs.ts';
import { RunStateBadge } from './run-state-badge.tsx';
import { count, RUN_STATE_WORDS } from './words.ts';

const SHAPE: TableShape = { prefix: '', defaultSort: '-startedAt', filters: ['state'] };
const column = columnsOf<RunView>();
const figure = (of: 'records' | 'accepted' | 'duplicate' | 'rejected', header: string, sorts: boolean) =>
  column.accessor(of, {
    header,
    enableSorting: sorts,
    meta: { align: 'end' },
    cell: ({ row }) => count(row.original[of]),
  });

const COLUMNS = column.columns([
  column.accessor('startedAt', {
    header: 'Started',
    enableHiding: false,
    meta: { width: 'w-40' },
    cell: ({ row: { original } }) => (
      <TextLink href={`/sources/runs/${original.run}`} className="font-medium">
        <RelativeTime at={original.startedAt} />
      </TextLink>
    ),
  }),
  column.accessor('state', {
    header: 'State',
    enableSorting: false,
    meta: { width: 'w-36' },
    cell: ({ row: { original } }) => <RunStateBadge state={original.state} dryRun={original.dryRun} />,
  }),
  figure('records', 'Records', true),
  figure('accepted', 'Accepted', false),
  figure('duplicate', 'Duplicate', false),
  figure('rejected', 'Rejected', true),
  column.display({
    id: 'changes',
    header: 'Nodes and edges',
    meta: { width: 'min-w-48' },
    cell: ({ row: { original } }) => <Changes run={original} />,
  }),
  column.accessor('startedBy', {
    header: 'Started by',
    enableSorting: false,
    meta: { width: 'min-w-32 max-w-48' },
    cell: ({ row: { original } }) => <NameText value={original.startedBy} />,
  }),
]);

const FILTERS = [
  {
    name: 'state',
    label: 'State',
    options: Object.entries(RUN_STATE_WORDS).map(([value, { word }]) => ({ value, label: word })),
  },
];

/** The runs of one source, newest first. */
export function RunTable({ source }: { source: string }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...runPage(source, address.query), placeholderData: keepPreviousData });
  return (
    <DataTable
      label="Runs"
      nouns={['run', 'runs']}
      columns={COLUMNS}
      rowId={(row) => row.run}
      address={address}
      list={list}
      rowHref={(row) => `/sources/runs/${row.run}`}
      filters={FILTERS}
      empty={<EmptyState title="No runs yet">Nothing has been imported into this source.</EmptyState>}
    />
  );
}

function Changes({ run }: { run: RunView }) {
  const sum = (of: 'added' | 'changed' | 'ended'): number => run.nodes[of] + run.edges[of];
  const parts = [
    sum('added') > 0 && `${count(sum('added'))} added`,
    sum('changed') > 0 && `${count(sum('changed'))} changed`,
    sum('ended') > 0 && `${count(sum('ended'))} ended`,
  ].filter((part) => part !== false);
  return (
    <span className={parts.length === 0 ? 'text-ink-faint' : undefined}>{parts.join(', ') || 'none'}</span>
  );
}

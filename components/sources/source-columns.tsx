import { columnsOf } from '#components/data-table/table-columns.ts';
import { Badge } from '#components/ui/badge.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { SourceView } from '#lib/ingest/view-schema.ts';
import { RunStateBadge } from './run-state-badge.tsx';
import { count } from './words.ts';

const column = columnsOf<SourceView>();

export const SOURCE_COLUMNS = column.columns([
  column.accessor('name', {
    header: 'Name',
    enableHiding: false,
    meta: { width: 'min-w-56 max-w-96' },
    cell: ({ row: { original } }) => (
      <TextLink href={`/sources/${original.id}`} className="font-medium">
        <NameText value={original.name} />
      </TextLink>
    ),
  }),
  column.accessor('formatTitle', {
    header: 'Format',
    enableSorting: false,
    meta: { width: 'min-w-40 max-w-64' },
    cell: ({ row: { original } }) => original.formatTitle ?? '—',
  }),
  column.accessor('freshAt', {
    header: 'Fresh as of',
    meta: { width: 'w-36' },
    cell: ({ row: { original } }) =>
      original.freshAt === null ? (
        <span className="text-ink-faint">never</span>
      ) : (
        <RelativeTime at={original.freshAt} />
      ),
  }),
  column.accessor('lastRun', {
    header: 'Last run',
    enableSorting: false,
    meta: { width: 'w-36' },
    cell: ({ row: { original } }) =>
      original.lastRun === null ? '—' : <RunStateBadge state={original.lastRun.state} />,
  }),
  column.accessor('nodes', {
    header: 'Nodes',
    meta: { align: 'end' },
    cell: ({ row }) => count(row.original.nodes),
  }),
  column.accessor('edges', {
    header: 'Edges',
    meta: { align: 'end' },
    cell: ({ row }) => count(row.original.edges),
  }),
  column.accessor('events', {
    header: 'Events',
    meta: { align: 'end' },
    cell: ({ row }) => count(row.original.events),
  }),
  column.accessor('rejected', {
    header: 'Rejected',
    meta: { align: 'end' },
    cell: ({ row: { original } }) =>
      original.rejected === 0 ? '0' : <Badge tone="warn">{count(original.rejected)}</Badge>,
  }),
]);

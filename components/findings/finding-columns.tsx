import { columnsOf } from '#components/data-table/table-columns.ts';
import { NodeLink } from '#components/inventory/node-link.tsx';
import { capital } from '#components/inventory/words.ts';
import { Badge } from '#components/ui/badge.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { SeverityBadge } from '#components/ui/severity-badge.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { FindingRow } from '#lib/findings/schema.ts';
import { STATE_WORDS } from './words.ts';

const column = columnsOf<FindingRow>();

export const FINDING_COLUMNS = column.columns([
  column.accessor('title', {
    header: 'Finding',
    enableHiding: false,
    meta: { width: 'min-w-72 max-w-[28rem]' },
    cell: ({ row: { original } }) => (
      <span className="block min-w-0">
        <TextLink href={`/findings/${original.id}`} className="font-medium">
          {original.title}
        </TextLink>
        <span className="block truncate text-ink-muted" title={original.summary}>
          {original.summary}
        </span>
      </span>
    ),
  }),
  column.accessor('severity', {
    header: 'Severity',
    meta: { width: 'w-28' },
    cell: ({ row: { original } }) => <SeverityBadge severity={original.severity} />,
  }),
  column.accessor((row) => row.node.name, {
    id: 'node',
    header: 'On',
    meta: { width: 'min-w-44 max-w-64' },
    cell: ({ row: { original } }) => <NodeLink node={original.node} />,
  }),
  column.accessor((row) => row.node.environment, {
    id: 'environment',
    header: 'Environment',
    enableSorting: false,
    meta: { width: 'w-32', isHiddenAtFirst: true },
    cell: ({ row: { original } }) =>
      original.node.environment === null ? <Unknown word="not known" /> : capital(original.node.environment),
  }),
  column.accessor('owner', {
    header: 'Owner',
    meta: { width: 'max-w-40' },
    cell: ({ row: { original } }) =>
      original.owner === null ? (
        <span className="text-ink-faint">Nobody</span>
      ) : (
        <NameText value={original.owner} className="block truncate" />
      ),
  }),
  column.accessor('assignee', {
    header: 'Assigned to',
    meta: { width: 'max-w-40' },
    cell: ({ row: { original } }) =>
      original.assignee === null ? <Unknown word="nobody" /> : <NameText value={original.assignee.name} />,
  }),
  column.accessor('state', {
    header: 'State',
    meta: { width: 'w-32' },
    cell: ({ row: { original } }) => (
      <Badge tone={STATE_WORDS[original.state].tone}>{STATE_WORDS[original.state].label}</Badge>
    ),
  }),
  column.accessor('firstSeen', {
    header: 'First seen',
    meta: { width: 'w-32' },
    cell: ({ row: { original } }) => <RelativeTime at={original.firstSeen} className="whitespace-nowrap" />,
  }),
  column.accessor('lastSeen', {
    header: 'Last seen',
    meta: { width: 'w-32', isHiddenAtFirst: true },
    cell: ({ row: { original } }) => <RelativeTime at={original.lastSeen} className="whitespace-nowrap" />,
  }),
  column.accessor('acceptedUntil', {
    header: 'Accepted until',
    enableSorting: false,
    meta: { width: 'w-36', isHiddenAtFirst: true },
    cell: ({ row: { original } }) =>
      original.acceptedUntil === null ? (
        <Unknown word="not accepted" />
      ) : (
        <RelativeTime at={original.acceptedUntil} className="whitespace-nowrap" />
      ),
  }),
]);

function Unknown({ word }: { word: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>—</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}

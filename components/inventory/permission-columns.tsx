import { columnsOf, type DataColumns } from '#components/data-table/table-columns.ts';
import { Badge } from '#components/ui/badge.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { EDGE_KINDS } from '#lib/ontology/edge-kinds.ts';
import type { PermissionListRow } from '#lib/inventory/schema.ts';
import { NodeLink } from './node-link.tsx';
import { SensitivityBadge } from './sensitivity-badge.tsx';
import { UseBadge } from './use-badge.tsx';
import { capital } from './words.ts';

const column = columnsOf<PermissionListRow>();

const LEVEL_TONES = { read: 'neutral', use: 'neutral', write: 'info', admin: 'warn' } as const;

/** The order of the columns: on a card the other end and the use stand first, since the card itself is the one end. */
const ORDERS = {
  all: [
    'from',
    'kind',
    'to',
    'level',
    'via',
    'conditional',
    'use',
    'lastExercised',
    'count',
    'observedBy',
    'source',
    'validFrom',
  ],
  from: [
    'to',
    'level',
    'use',
    'lastExercised',
    'count',
    'kind',
    'from',
    'via',
    'conditional',
    'observedBy',
    'source',
    'validFrom',
  ],
  to: [
    'from',
    'level',
    'use',
    'lastExercised',
    'count',
    'kind',
    'via',
    'conditional',
    'to',
    'observedBy',
    'source',
    'validFrom',
  ],
} as const;

/** Who may do what to whom, and whether it was done; of all, or of what starts or ends at one node. */
export function permissionColumns(view: keyof typeof ORDERS): DataColumns<PermissionListRow> {
  const byId = new Map(
    COLUMNS.map((one) => [one.id ?? ('accessorKey' in one ? String(one.accessorKey) : ''), one]),
  );
  return ORDERS[view].flatMap((id) => byId.get(id) ?? []);
}

const COLUMNS = column.columns([
  column.accessor((row) => row.from.name, {
    id: 'from',
    header: 'From',
    enableHiding: false,
    meta: { width: 'min-w-48 max-w-72' },
    cell: ({ row: { original } }) => <NodeLink node={original.from} />,
  }),
  column.accessor('kind', {
    header: 'Relation',
    meta: { width: 'w-44' },
    cell: ({ row: { original } }) => (
      <span className="whitespace-nowrap text-ink-muted">{EDGE_KINDS[original.kind].words}</span>
    ),
  }),
  column.accessor((row) => row.to.name, {
    id: 'to',
    header: 'To',
    enableHiding: false,
    meta: { width: 'min-w-48 max-w-80' },
    cell: ({ row: { original } }) => (
      <span className="flex min-w-0 items-center gap-2">
        <NodeLink node={original.to} />
        {(original.to.sensitivity === 'restricted' || original.to.sensitivity === 'crown_jewel') && (
          <SensitivityBadge sensitivity={original.to.sensitivity} />
        )}
      </span>
    ),
  }),
  column.accessor('level', {
    header: 'Level',
    meta: { width: 'w-24' },
    cell: ({ row: { original } }) =>
      original.level === null ? (
        <Dash />
      ) : (
        <Badge tone={LEVEL_TONES[original.level]}>{capital(original.level)}</Badge>
      ),
  }),
  column.accessor('via', {
    header: 'Via',
    meta: { width: 'max-w-56' },
    cell: ({ row: { original } }) =>
      original.via === null ? <Dash /> : <NameText value={original.via} className="block truncate" />,
  }),
  column.accessor('conditional', {
    header: 'Terms',
    enableSorting: false,
    meta: { width: 'w-40' },
    cell: ({ row: { original } }) => <Terms row={original} />,
  }),
  column.accessor('use', {
    header: 'Use',
    enableSorting: false,
    meta: { width: 'w-32' },
    cell: ({ row: { original } }) => <UseBadge use={original.use} />,
  }),
  column.accessor('lastExercised', {
    header: 'Last used',
    meta: { width: 'w-36' },
    cell: ({ row: { original } }) =>
      original.lastExercised === null ? (
        <Dash />
      ) : (
        <RelativeTime at={original.lastExercised} className="whitespace-nowrap" />
      ),
  }),
  column.accessor('count', {
    header: 'Uses',
    meta: { width: 'w-20', align: 'end' },
    cell: ({ row: { original } }) => (original.count === 0 ? <Dash /> : original.count.toLocaleString('en')),
  }),
  column.accessor('observedBy', {
    header: 'Seen by',
    enableSorting: false,
    meta: { width: 'max-w-48', isHiddenAtFirst: true },
    cell: ({ row: { original } }) =>
      original.observedBy === null ? (
        <span className="text-ink-faint">Nothing</span>
      ) : (
        <NameText value={original.observedBy} className="block truncate" />
      ),
  }),
  column.accessor('source', {
    header: 'Stated by',
    meta: { width: 'max-w-48', isHiddenAtFirst: true },
    cell: ({ row: { original } }) => <NameText value={original.source} className="block truncate" />,
  }),
  column.accessor('validFrom', {
    header: 'Since',
    meta: { width: 'w-36', isHiddenAtFirst: true },
    cell: ({ row: { original } }) => <RelativeTime at={original.validFrom} className="whitespace-nowrap" />,
  }),
]);

function Terms({ row }: { row: PermissionListRow }) {
  if (!row.conditional && !row.limited && row.pattern === null) return <Dash />;
  return (
    <span className="flex flex-wrap gap-1">
      {row.conditional && <Badge tone="info">Conditional</Badge>}
      {row.limited && <Badge>Limited</Badge>}
      {row.pattern !== null && <Badge>Pattern</Badge>}
    </span>
  );
}

function Dash() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>—</span>
      <span className="sr-only">none</span>
    </span>
  );
}

import { columnsOf, type DataColumns } from '#components/data-table/table-columns.ts';
import { NodeKindBadge } from '#components/node/node-kind-badge.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { NodeGroupName, NodeListRow } from '#lib/inventory/schema.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';
import { UseBadge } from './use-badge.tsx';
import { capital, LIFETIME_WORDS, nodeHref, spoken, STANDING_WORDS } from './words.ts';

const column = columnsOf<NodeListRow>();

/** Columns that each tab shows at first; the others are in the column menu. */
const SHOWN: Record<NodeGroupName, readonly string[]> = {
  identities: ['name', 'kind', 'environment', 'owner', 'use', 'lastUsed', 'findings'],
  credentials: [
    'name',
    'type',
    'environment',
    'owner',
    'lifetime',
    'rotatedAt',
    'expiresAt',
    'use',
    'findings',
  ],
  resources: ['name', 'type', 'environment', 'sensitivity', 'owner', 'lastUsed', 'findings'],
  policies: ['name', 'type', 'provider', 'tenant', 'managed', 'createdAt'],
  accountable: ['name', 'kind', 'provider', 'standing', 'findings'],
};

export function nodeColumns(group: NodeGroupName): DataColumns<NodeListRow> {
  const hidden = (id: string) => ({ isHiddenAtFirst: !SHOWN[group].includes(id) });
  return column.columns([
    column.accessor('name', {
      header: 'Name',
      enableHiding: false,
      meta: { width: 'min-w-56 max-w-96' },
      cell: ({ row: { original } }) => <NameCell node={original} />,
    }),
    column.accessor('kind', {
      header: 'Kind',
      meta: { width: 'w-40', ...hidden('kind') },
      cell: ({ row: { original } }) => <NodeKindBadge kind={original.kind} />,
    }),
    wordColumn('type', 'Type', hidden('type')),
    wordColumn('environment', 'Environment', hidden('environment')),
    column.accessor('sensitivity', {
      header: 'Sensitivity',
      meta: { width: 'w-32', ...hidden('sensitivity') },
      cell: ({ row: { original } }) =>
        original.sensitivity === null ? <Dash /> : <SensitivityBadge sensitivity={original.sensitivity} />,
    }),
    column.accessor('owner', {
      header: 'Owner',
      meta: { width: 'min-w-32 max-w-48', ...hidden('owner') },
      cell: ({ row: { original } }) =>
        original.owner === null ? (
          <span className="text-ink-faint">Nobody</span>
        ) : (
          <NameText value={original.owner} />
        ),
    }),
    column.accessor('lifetime', {
      header: 'Lifetime',
      enableSorting: false,
      meta: { width: 'w-28', ...hidden('lifetime') },
      cell: ({ row: { original } }) =>
        original.lifetime === null ? (
          <Dash />
        ) : (
          <Badge tone={LIFETIME_WORDS[original.lifetime].tone}>
            {LIFETIME_WORDS[original.lifetime].label}
          </Badge>
        ),
    }),
    column.accessor('use', {
      header: 'Use',
      enableSorting: false,
      meta: { width: 'w-32', ...hidden('use') },
      cell: ({ row: { original } }) => <UseBadge use={original.use} />,
    }),
    timeColumn('lastUsed', 'Last used', hidden('lastUsed')),
    timeColumn('createdAt', 'Created', hidden('createdAt')),
    timeColumn('rotatedAt', 'Rotated', hidden('rotatedAt')),
    timeColumn('expiresAt', 'Expires', hidden('expiresAt')),
    timeColumn('attestedUntil', 'Attested until', hidden('attestedUntil')),
    wordColumn('provider', 'Provider', hidden('provider')),
    wordColumn('tenant', 'Tenant', hidden('tenant')),
    wordColumn('zone', 'Trust zone', hidden('zone')),
    column.accessor('standing', {
      header: 'Known from',
      enableSorting: false,
      meta: { width: 'w-32', ...hidden('standing') },
      cell: ({ row: { original } }) => STANDING_WORDS[original.standing],
    }),
    column.accessor('managed', {
      header: 'Managed',
      enableSorting: false,
      meta: { width: 'w-28', ...hidden('managed') },
      cell: ({ row: { original } }) => (original.managed ? 'By the provider' : 'By us'),
    }),
    column.accessor('findings', {
      header: 'Findings',
      enableSorting: false,
      meta: { width: 'w-24', align: 'end', ...hidden('findings') },
      cell: ({ row: { original } }) => (original.findings === 0 ? <Dash /> : original.findings),
    }),
  ]);
}

function NameCell({ node }: { node: NodeListRow }) {
  return (
    <span className="block min-w-0">
      <span className="flex min-w-0 items-center gap-2">
        <TextLink href={nodeHref(node.key)} className="min-w-0 truncate font-medium">
          <NameText value={node.name} />
        </TextLink>
        {node.ended && <Badge>Ended</Badge>}
      </span>
      <KeyText value={node.key} />
    </span>
  );
}

type WordName = 'type' | 'environment' | 'provider' | 'tenant' | 'zone';
function wordColumn(id: WordName, header: string, look: { isHiddenAtFirst: boolean }) {
  const isPlainWord = id === 'type' || id === 'environment';
  return column.accessor(id, {
    header,
    meta: { width: 'w-36 max-w-48', ...look },
    cell: ({ row: { original } }) => {
      const value = original[id];
      if (value === null) return <Dash />;
      return <NameText value={isPlainWord ? capital(spoken(value)) : value} className="block truncate" />;
    },
  });
}

type TimeName = 'lastUsed' | 'createdAt' | 'rotatedAt' | 'expiresAt' | 'attestedUntil';
function timeColumn(id: TimeName, header: string, look: { isHiddenAtFirst: boolean }) {
  return column.accessor(id, {
    header,
    meta: { width: 'w-36', ...look },
    cell: ({ row: { original } }) => {
      const at = original[id];
      return at === null ? <Dash /> : <RelativeTime at={at} className="whitespace-nowrap" />;
    },
  });
}

function Dash() {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>—</span>
      <span className="sr-only">none</span>
    </span>
  );
}

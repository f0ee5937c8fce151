import { columnsOf } from '#components/data-table/table-columns.ts';
import { kindLabel, ThingLink } from '#components/node/thing-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { OwnedNode } from '#lib/ownership/schema.ts';
import { basisLabel, percent } from './words.ts';

const column = columnsOf<OwnedNode>();
const NONE = <span className="text-ink-faint">—</span>;

export const OWNERSHIP_COLUMNS = [
  column.accessor('name', {
    header: 'Name',
    cell: ({ row }) => <ThingLink thing={row.original} href={`/ownership/${row.original.nodeId}`} />,
    meta: { width: 'min-w-56 max-w-80' },
  }),
  column.accessor('kind', {
    header: 'Kind',
    cell: ({ getValue }) => kindLabel(getValue()),
    meta: { width: 'w-36' },
  }),
  column.accessor('environment', {
    header: 'Environment',
    cell: ({ getValue }) => getValue() ?? NONE,
    meta: { width: 'w-32' },
  }),
  column.accessor('owner', {
    header: 'Owner',
    enableSorting: false,
    cell: ({ getValue }) => {
      const owner = getValue();
      return owner ? <NameText value={owner.name} /> : <span className="text-ink-muted">Nobody</span>;
    },
    meta: { width: 'w-40' },
  }),
  column.accessor((row) => row.claims[0]?.confidence ?? null, {
    id: 'confidence',
    header: 'Suggested owner',
    cell: ({ row }) => <SuggestedOwner node={row.original} />,
    meta: { name: 'Suggested owner', width: 'min-w-72 max-w-96' },
  }),
  column.accessor('lastUsedAt', {
    id: 'lastUsed',
    header: 'Last used',
    cell: ({ getValue }) => {
      const at = getValue();
      return at === null ? <span className="text-ink-faint">No use known</span> : <RelativeTime at={at} />;
    },
    meta: { width: 'w-32' },
  }),
];

function SuggestedOwner({ node }: { node: OwnedNode }) {
  const [claim] = node.claims;
  if (!claim) return NONE;
  return (
    <div className="min-w-0">
      <div className="flex items-center gap-2">
        <span className="truncate font-medium">
          <NameText value={claim.owner.name} />
        </span>
        <Badge tone={claim.state === 'disputed' ? 'warn' : 'info'}>
          {claim.state === 'disputed' ? 'Disputed' : percent(claim.confidence)}
        </Badge>
        {node.moreClaims + node.claims.length > 1 && (
          <span className="text-sm text-ink-faint">+{node.moreClaims + node.claims.length - 1}</span>
        )}
      </div>
      <p className="truncate text-sm text-ink-muted" title={claim.evidence}>
        {basisLabel(claim.basis)}: <NameText value={claim.evidence} />
      </p>
    </div>
  );
}

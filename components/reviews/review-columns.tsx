import { columnsOf } from '#components/data-table/table-columns.ts';
import { ThingLink } from '#components/node/thing-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import type { ReviewItemRow } from '#lib/campaigns/schema.ts';
import { day, REVIEW_WORDS, TYPE_WORDS, USE_WORDS } from './words.ts';

const column = columnsOf<ReviewItemRow>();

export const REVIEW_COLUMNS = [
  column.accessor('name', {
    header: 'What',
    enableSorting: false,
    cell: ({ row: { original: item } }) => (
      <div className="min-w-0">
        <ThingLink thing={item} href={`/reviews/${item.id}`} />
        {item.permission && (
          <p className="truncate text-sm text-ink-muted" title={item.permission}>
            <NameText value={item.permission} />
          </p>
        )}
      </div>
    ),
    meta: { width: 'min-w-64 max-w-96' },
  }),
  column.accessor('type', {
    header: 'Type',
    enableSorting: false,
    cell: ({ getValue }) => TYPE_WORDS[getValue()],
    meta: { width: 'w-28' },
  }),
  column.accessor('use', {
    header: 'Use',
    enableSorting: false,
    cell: ({ row: { original: item } }) => {
      const words = USE_WORDS[item.use];
      return (
        <span className="inline-flex items-center gap-2">
          <Badge tone={words.tone}>{words.label}</Badge>
          {item.lastUse && <span className="text-sm text-ink-muted tabular-nums">{day(item.lastUse)}</span>}
        </span>
      );
    },
    meta: { width: 'w-52' },
  }),
  column.accessor('reach', {
    header: 'Reach',
    enableSorting: false,
    cell: ({ getValue }) => getValue()?.toLocaleString('en') ?? <span className="text-ink-faint">—</span>,
    meta: { width: 'w-20', align: 'end' },
  }),
  column.accessor('risks', {
    id: 'risk',
    header: 'Risk',
    cell: ({ getValue }) => {
      const risks = getValue();
      return risks.length === 0 ? (
        <span className="text-ink-faint">—</span>
      ) : (
        <span className="text-danger-ink">{risks.join(', ')}</span>
      );
    },
    meta: { width: 'min-w-48' },
  }),
  column.accessor('reviewer', {
    header: 'Reviewer',
    enableSorting: false,
    cell: ({ getValue }) => {
      const reviewer = getValue();
      return reviewer ? <NameText value={reviewer.name} /> : <span className="text-ink-muted">Nobody</span>;
    },
    meta: { width: 'w-40' },
  }),
  column.accessor('state', {
    header: 'Answer',
    enableSorting: false,
    cell: ({ getValue }) => (
      <Badge tone={REVIEW_WORDS[getValue()].tone}>{REVIEW_WORDS[getValue()].label}</Badge>
    ),
    meta: { width: 'w-44' },
  }),
];

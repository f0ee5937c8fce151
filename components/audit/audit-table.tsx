'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Sheet } from '#components/ui/sheet.tsx';
import type { AuditRowView } from '#lib/audit/schema.ts';
import { AUDIT_EXPORT_PATH, auditActionsQuery, auditQuery } from '#lib/query/audit.ts';
import { AuditNarrowing } from './audit-narrowing.tsx';
import { AuditRowDetails } from './audit-row-details.tsx';

const SHAPE: TableShape = {
  defaultSort: '-seq',
  defaultSize: 50,
  filters: ['action', 'actor', 'subject', 'from', 'to'],
};

const column = columnsOf<AuditRowView>();

/** The log, newest first; a row opens all that it says. */
export function AuditTable() {
  const address = useTableState(SHAPE);
  const list = useQuery(auditQuery(address.query));
  const actions = useQuery(auditActionsQuery);
  const [openSeq, setOpenSeq] = useState<string | null>(null);
  const open = list.data?.rows.find((row) => row.seq === openSeq);
  const columns = [
    column.accessor('seq', { header: 'No.', meta: { align: 'end' } }),
    column.accessor('at', {
      header: 'When',
      enableSorting: false,
      cell: ({ row }) => <RelativeTime at={row.original.at} />,
    }),
    column.accessor('actorName', {
      header: 'Who',
      enableSorting: false,
      cell: ({ row }) => <NameText value={row.original.actorName} />,
    }),
    column.accessor('action', {
      header: 'Action',
      enableSorting: false,
      cell: ({ row }) => (
        <button
          type="button"
          className="rounded-sm font-mono text-xs text-accent-text hover:underline"
          aria-haspopup="dialog"
          onClick={() => setOpenSeq(row.original.seq)}
        >
          {row.original.action}
        </button>
      ),
    }),
    column.accessor('subject', {
      header: 'Subject',
      enableSorting: false,
      meta: { width: 'min-w-48 max-w-96' },
      cell: ({ row }) => <KeyText value={row.original.subject} />,
    }),
    column.accessor('reason', {
      header: 'Reason',
      enableSorting: false,
      meta: { width: 'max-w-80' },
      cell: ({ row }) => <NameText value={row.original.reason ?? ''} />,
    }),
    column.accessor('address', { header: 'Address', enableSorting: false, meta: { isHiddenAtFirst: true } }),
    column.accessor('requestId', {
      header: 'Request',
      enableSorting: false,
      meta: { isHiddenAtFirst: true },
    }),
  ];
  return (
    <>
      <AuditNarrowing address={address} />
      <DataTable
        label="Audit log"
        nouns={['row', 'rows']}
        columns={columns}
        rowId={(row) => row.seq}
        address={address}
        list={list}
        searchHint="Who, action, subject, reason or request"
        filters={[{ name: 'action', label: 'Action', options: actionOptions(actions.data?.actions ?? []) }]}
        csvPath={AUDIT_EXPORT_PATH}
        empty={<EmptyState title="Nothing matches">Clear the filters, or choose other days.</EmptyState>}
      />
      <Sheet
        isOpen={open !== undefined}
        onOpenChange={() => setOpenSeq(null)}
        title={open === undefined ? '' : `Row ${open.seq}: ${open.action}`}
      >
        {open && <AuditRowDetails row={open} />}
      </Sheet>
    </>
  );
}

/** First words before whole actions, so that all of one kind is one choice. */
function actionOptions(actions: readonly string[]): { value: string; label: string }[] {
  const nouns = [...new Set(actions.map((action) => action.split('.')[0] ?? ''))];
  return [
    ...nouns.map((value) => ({ value, label: `${value}: all` })),
    ...actions.map((value) => ({ value, label: value })),
  ];
}

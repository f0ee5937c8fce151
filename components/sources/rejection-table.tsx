'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { Badge } from '#components/ui/badge.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import type { RejectionView } from '#lib/ingest/view-schema.ts';
import { rejectionPage } from '#lib/query/runs.ts';
import { count } from './words.ts';

const SHAPE: TableShape = { defaultSort: 'number', filters: [] };
const column = columnsOf<RejectionView>();
const COLUMNS = column.columns([
  column.accessor('file', {
    header: 'File',
    meta: { width: 'min-w-40 max-w-80' },
    cell: ({ row: { original } }) => <NameText value={original.file} />,
  }),
  column.accessor('number', {
    header: 'Record',
    meta: { align: 'end' },
    cell: ({ row: { original } }) => count(original.number),
  }),
  column.accessor('reason', {
    header: 'Reason',
    meta: { width: 'min-w-64 max-w-xl' },
    cell: ({ row: { original } }) => (
      <span className="wrap-anywhere">
        <NameText value={original.reason} />{' '}
        {original.replayedAt !== null && <Badge tone="success">mended since</Badge>}
      </span>
    ),
  }),
  column.accessor('excerpt', {
    header: 'Content, secrets masked',
    enableSorting: false,
    meta: { width: 'min-w-64 max-w-xl' },
    cell: ({ row: { original } }) => (
      <code className="font-mono text-xs wrap-anywhere text-ink-muted">
        <NameText value={original.excerpt} />
      </code>
    ),
  }),
]);

/** The records of a run that could not be read, with what to do about them. */
export function RejectionTable({ run }: { run: string }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...rejectionPage(run, address.query), placeholderData: keepPreviousData });
  const download = `/api/v1/runs/${run}/rejections/download`;
  return (
    <Section
      title="Rejected records"
      description="They were set aside; the rest of the input was taken. Mend them at their origin and import them again."
      actions={
        <>
          <a className={buttonStyle('secondary', 'small')} href={`${download}?format=csv`} download>
            Download CSV
          </a>
          <a className={buttonStyle('secondary', 'small')} href={`${download}?format=ndjson`} download>
            Download NDJSON
          </a>
        </>
      }
    >
      <DataTable
        label="Rejected records"
        nouns={['rejected record', 'rejected records']}
        columns={COLUMNS}
        rowId={(row) => row.id}
        address={address}
        list={list}
        searchHint="File or reason"
        empty={<EmptyState title="Nothing was rejected">Every record could be read.</EmptyState>}
      />
    </Section>
  );
}

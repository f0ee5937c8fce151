'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { DataTable } from '#components/data-table/data-table.tsx';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { sourcePage } from '#lib/query/sources.ts';
import { SOURCE_COLUMNS } from './source-columns.tsx';

const SHAPE: TableShape = { defaultSort: 'name', filters: [] };

/** Where everything that Bailiwick knows comes from, and how fresh it is. */
export function SourceTable({ canImport }: { canImport: boolean }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...sourcePage(address.query), placeholderData: keepPreviousData });
  const action = canImport && (
    <LinkButton href="/sources/import" tone="primary">
      Import files
    </LinkButton>
  );
  return (
    <DataTable
      label="Sources"
      nouns={['source', 'sources']}
      columns={SOURCE_COLUMNS}
      rowId={(row) => row.id}
      address={address}
      list={list}
      rowHref={(row) => `/sources/${row.id}`}
      searchHint="Name of a source"
      empty={
        <EmptyState title="There are no sources yet" icon={<Database />} action={action}>
          Import an inventory of a cloud account, a cluster or a catalogue, and the logs that show what is
          used.
        </EmptyState>
      }
    />
  );
}

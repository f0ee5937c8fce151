'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useTableState } from '#components/data-table/use-table-state.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { countsOfFindings, findingList } from '#lib/query/findings.ts';
import { Decisions } from './decisions.tsx';
import { FINDING_COLUMNS } from './finding-columns.tsx';
import { FINDING_FILTER_NAMES, findingFilters } from './finding-filters.ts';

const SHAPE: TableShape = { defaultSort: '-severity', filters: FINDING_FILTER_NAMES };

/** What the rules found, the worst first. */
export function FindingTable({ mayDecide }: { mayDecide: boolean }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...findingList(address.query), placeholderData: keepPreviousData });
  const counts = useQuery(countsOfFindings());
  return (
    <DataTable
      label="Findings"
      nouns={['finding', 'findings']}
      columns={FINDING_COLUMNS}
      rowId={(row) => row.id}
      address={address}
      list={list}
      rowHref={(row) => `/findings/${row.id}`}
      filters={findingFilters(counts.data)}
      searchHint="Name or key of what it is about"
      csvPath="/api/v1/findings"
      {...(mayDecide
        ? {
            bulkActions: (ids: readonly string[], clear: () => void) => (
              <Decisions ids={ids} size="small" onDone={clear} />
            ),
          }
        : {})}
      empty={
        <EmptyState title="Nothing was found" icon={<ShieldCheck />}>
          {counts.data?.evaluatedAt === null
            ? 'The rules run after each import. Nothing has been imported yet.'
            : 'The rules ran over everything that was imported and found nothing.'}
        </EmptyState>
      }
    />
  );
}

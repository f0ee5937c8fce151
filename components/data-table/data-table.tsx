'use client';

import { useTable, type RowData } from '@tanstack/react-table';
import { useState, type ReactNode } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Pagination } from '#components/ui/pagination.tsx';
import { problemText } from '#components/problem-text.ts';
import { columnChoice } from './column-choice.ts';
import { SelectionBar } from './selection-bar.tsx';
import { TableBody } from './table-body.tsx';
import { TABLE_FEATURES, type DataColumns } from './table-columns.ts';
import type { TableFilter } from './filter-menu.tsx';
import { TableHead } from './table-head.tsx';
import { PAGE_SIZES, rowScope, type TableSort } from './table-state.ts';
import { TableToolbar } from './table-toolbar.tsx';
import type { TableAddress } from './use-table-state.ts';

/** One page of a list as the API answers it. */
export type TablePage<Row> = { rows: readonly Row[]; total: number };

/** The part of TanStack's UseQueryResult that a table needs; ask with `placeholderData: keepPreviousData`. */
export type TableList<Row> = {
  data: TablePage<Row> | undefined;
  error: Error | null;
  isFetching: boolean;
  isPlaceholderData: boolean;
  refetch: () => unknown;
};

export type DataTableProps<Row extends RowData> = {
  /** What is listed, read aloud as the name of the table: "Findings". */
  label: string;
  /** What one and many rows are called, for counts: `['finding', 'findings']`. */
  nouns: readonly [one: string, many: string];
  columns: DataColumns<Row>;
  rowId: (row: Row) => string;
  address: TableAddress;
  list: TableList<Row>;
  /** Where a click on a row leads; the first column should hold the same as a link for keyboards. */
  rowHref?: (row: Row) => string;
  filters?: readonly TableFilter[];
  /** Given, there is a search field with these words in it. */
  searchHint?: string;
  /** The API path whose CSV is offered, with no other parameters than those that the whole list is narrowed to. */
  csvPath?: string;
  /** Given, rows can be selected; renders what can be done with the selected ids. */
  bulkActions?: (ids: readonly string[], clear: () => void) => ReactNode;
  /** Shown when there is nothing at all: an EmptyState that says what to do next. */
  empty: ReactNode;
};

type Selection = { scope: string; ids: Record<string, true> };

const NO_ROWS: readonly never[] = [];
const NOTHING_SELECTED: Selection = { scope: '', ids: {} };

/** A list whose paging, sorting, search, filters and columns live in the address and are carried out by the server. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { address, list, columns } = props;
  const { state, change } = address;
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const scope = rowScope(state);
  // What was selected under another filter is out of sight and must not be acted on.
  const selectedIds = selection.scope === scope ? selection.ids : NOTHING_SELECTED.ids;
  const choice = columnChoice(columns, state.columns);

  const table = useTable({
    features: TABLE_FEATURES,
    columns,
    data: list.data?.rows ?? NO_ROWS,
    getRowId: props.rowId,
    manualSorting: true,
    enableRowSelection: props.bulkActions !== undefined,
    state: {
      columnVisibility: choice.visibility,
      rowSelection: selectedIds,
      sorting: [toSorting(state.sort)],
    },
    onRowSelectionChange: (update) => {
      const ids = typeof update === 'function' ? update(selectedIds) : update;
      setSelection({ scope, ids });
    },
  });

  const clear = () => setSelection(NOTHING_SELECTED);
  const ids = Object.keys(selectedIds);
  const isFirstLoad = list.data === undefined && list.error === null;
  return (
    <div className="min-w-0">
      <TableToolbar {...props} shownColumns={choice.shown} columnNames={choice.all} />
      {props.bulkActions && ids.length > 0 && (
        <SelectionBar count={ids.length} nouns={props.nouns} onClear={clear}>
          {props.bulkActions(ids, clear)}
        </SelectionBar>
      )}
      <div className="overflow-clip rounded-lg border border-line bg-surface" aria-busy={list.isFetching}>
        {list.data === undefined && list.error ? (
          <ErrorState
            {...problemText(list.error)}
            onRetry={() => void list.refetch()}
            isRetrying={list.isFetching}
          />
        ) : (
          <>
            {/* The table scrolls in its own box, so that the page never does sideways; what is for screen readers alone stays in it. */}
            <div
              role="region"
              aria-label={props.label}
              tabIndex={0}
              className="relative overflow-x-auto focus-visible:-outline-offset-2"
            >
              <table className="w-full border-separate border-spacing-0 text-sm">
                <caption className="sr-only">{props.label}</caption>
                <TableHead
                  table={table}
                  isSelectable={props.bulkActions !== undefined}
                  onSort={(sort) => change({ sort })}
                />
                <TableBody
                  table={table}
                  isFirstLoad={isFirstLoad}
                  isStale={list.isPlaceholderData}
                  isSelectable={props.bulkActions !== undefined}
                  rowHref={props.rowHref}
                  address={address}
                  total={list.data?.total ?? 0}
                  empty={props.empty}
                />
              </table>
            </div>
            {list.data && list.data.rows.length > 0 && (
              <div className="border-t border-line px-3 py-2">
                <Pagination
                  page={state.page}
                  size={state.size}
                  total={list.data.total}
                  sizes={PAGE_SIZES}
                  onPage={(page) => change({ page })}
                  onSize={(size) =>
                    change({ size: PAGE_SIZES.find((known) => known === size) ?? state.size })
                  }
                />
              </div>
            )}
          </>
        )}
      </div>
    </div>
  );
}

function toSorting(sort: TableSort) {
  return { id: sort.column, desc: sort.isDescending };
}

'use client';

import type { ReactTable, RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { Button } from '#components/ui/button.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { moveBetweenRows } from './move-between-rows.ts';
import type { TableFeatures } from './table-columns.ts';
import { TableRow } from './table-row.tsx';
import { clearNarrowing, isNarrowed } from './table-state.ts';
import type { TableAddress } from './use-table-state.ts';

export type TableBodyProps<Row extends RowData> = {
  table: ReactTable<TableFeatures, Row>;
  isFirstLoad: boolean;
  /** The rows are of the page before, while the asked one is under way. */
  isStale: boolean;
  isSelectable: boolean;
  rowHref: ((row: Row) => string) | undefined;
  address: TableAddress;
  total: number;
  empty: ReactNode;
};

const SKELETON_ROWS = 8;

export function TableBody<Row extends RowData>(props: TableBodyProps<Row>) {
  const { table, isSelectable } = props;
  const columns = table.getVisibleLeafColumns();
  const columnCount = columns.length + (isSelectable ? 1 : 0);
  const rows = table.getRowModel().rows;
  if (props.isFirstLoad) return <SkeletonRows columnCount={columns.length} isSelectable={isSelectable} />;
  if (rows.length === 0) {
    return (
      <tbody>
        <tr>
          <td colSpan={columnCount}>
            {/* As wide as what is seen of the scrolling box, not as the table. */}
            <div className="sticky left-0 max-w-[calc(100vw-2rem)]">
              <NoRows address={props.address} total={props.total} empty={props.empty} />
            </div>
          </td>
        </tr>
      </tbody>
    );
  }
  return (
    <tbody
      onKeyDown={moveBetweenRows}
      className={classNames(
        'transition-opacity',
        props.isStale && 'opacity-60',
        '[&>tr:last-child>td]:border-b-0',
      )}
    >
      {rows.map((row) => (
        <TableRow
          key={row.id}
          table={table}
          row={row}
          isSelectable={isSelectable}
          href={props.rowHref?.(row.original)}
        />
      ))}
    </tbody>
  );
}

function SkeletonRows({ columnCount, isSelectable }: { columnCount: number; isSelectable: boolean }) {
  return (
    <tbody>
      {Array.from({ length: SKELETON_ROWS }, (_, row) => (
        <tr key={row}>
          {isSelectable && (
            <td className="w-10 border-b border-line pr-0 pl-3">
              <Skeleton className="w-4" />
            </td>
          )}
          {Array.from({ length: columnCount }, (_unused, column) => (
            <td key={column} className="h-10 border-b border-line px-3">
              <Skeleton className={column === 0 ? 'w-40' : 'w-20'} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function NoRows({ address, total, empty }: { address: TableAddress; total: number; empty: ReactNode }) {
  const { state, change } = address;
  if (total > 0) {
    return (
      <EmptyState
        title="This page is past the end"
        action={<Button onClick={() => change({ page: 1 })}>First page</Button>}
      >
        The list has become shorter since the address was made.
      </EmptyState>
    );
  }
  if (isNarrowed(state)) {
    return (
      <EmptyState
        title="Nothing matches"
        action={<Button onClick={() => change(clearNarrowing(state))}>Clear search and filters</Button>}
      >
        No row has all of what is asked for. Take a filter away or search for less.
      </EmptyState>
    );
  }
  return empty;
}

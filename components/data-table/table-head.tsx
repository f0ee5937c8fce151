'use client';

import type { ReactTable, RowData } from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { TableFeatures } from './table-columns.ts';
import type { TableSort } from './table-state.ts';

export type TableHeadProps<Row extends RowData> = {
  table: ReactTable<TableFeatures, Row>;
  isSelectable: boolean;
  onSort: (sort: TableSort) => void;
};

const HEAD_CELL =
  'border-b border-line bg-sunken h-9 px-3 text-left font-medium whitespace-nowrap text-ink-muted';

export function TableHead<Row extends RowData>({ table, isSelectable, onSort }: TableHeadProps<Row>) {
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id}>
          {isSelectable && (
            <th scope="col" className={classNames(HEAD_CELL, 'w-10 pr-0')}>
              <Checkbox
                aria-label="Select all rows of this page"
                className="flex"
                checked={
                  table.getIsAllPageRowsSelected() || (table.getIsSomePageRowsSelected() && 'indeterminate')
                }
                onCheckedChange={(isOn) => table.toggleAllPageRowsSelected(isOn === true)}
              />
            </th>
          )}
          {group.headers.map((header, index) => {
            const { column } = header;
            const look = column.columnDef.meta;
            const sorted = column.getIsSorted();
            const content = <table.FlexRender header={header} />;
            return (
              <th
                key={header.id}
                scope="col"
                aria-sort={sorted === false ? undefined : sorted === 'asc' ? 'ascending' : 'descending'}
                className={classNames(
                  HEAD_CELL,
                  look?.width,
                  look?.align === 'end' && 'text-right',
                  index === 0 && 'max-md:sticky max-md:left-0 max-md:z-10',
                )}
              >
                {column.getCanSort() ? (
                  <button
                    type="button"
                    className={classNames(
                      'group -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 font-medium hover:text-ink',
                      look?.align === 'end' && 'flex-row-reverse',
                      sorted !== false && 'text-ink',
                    )}
                    onClick={() => onSort({ column: column.id, isDescending: sorted === 'asc' })}
                  >
                    {content}
                    <SortMark sorted={sorted} />
                  </button>
                ) : (
                  content
                )}
              </th>
            );
          })}
        </tr>
      ))}
    </thead>
  );
}

function SortMark({ sorted }: { sorted: false | 'asc' | 'desc' }) {
  if (sorted === 'asc') return <ArrowUp aria-hidden className="size-3.5" />;
  if (sorted === 'desc') return <ArrowDown aria-hidden className="size-3.5" />;
  return (
    <ChevronsUpDown
      aria-hidden
      className="size-3.5 text-ink-faint opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100"
    />
  );
}

'use client';

import type { ReactTable, Row as TableLibraryRow, RowData } from '@tanstack/react-table';
import { useRouter } from 'next/navigation';
import type { MouseEvent } from 'react';
import { Checkbox } from '#components/ui/checkbox.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { TableFeatures } from './table-columns.ts';

export type TableRowProps<Row extends RowData> = {
  table: ReactTable<TableFeatures, Row>;
  row: TableLibraryRow<TableFeatures, Row>;
  isSelectable: boolean;
  href: string | undefined;
};

const CELL = 'h-10 border-b border-line bg-(--row) px-3 py-1.5';

export function TableRow<Row extends RowData>({ table, row, isSelectable, href }: TableRowProps<Row>) {
  const router = useRouter();
  const isSelected = row.getIsSelected();

  function openRow(event: MouseEvent<HTMLElement>) {
    if (href === undefined || event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    // A press on something of its own, or the end of marking text, is not a wish to go somewhere.
    if (target?.closest('a, button, input, select, label, [role="checkbox"]')) return;
    if (window.getSelection()?.isCollapsed === false) return;
    if (event.metaKey || event.ctrlKey) window.open(href, '_blank', 'noopener');
    else router.push(href);
  }

  return (
    <tr
      aria-selected={isSelectable ? isSelected : undefined}
      onClick={openRow}
      className={classNames(
        '[--row:var(--surface)] hover:[--row:var(--hover)]',
        isSelected && '[--row:var(--selected)] hover:[--row:var(--selected)]',
        href !== undefined && 'cursor-pointer',
      )}
    >
      {isSelectable && (
        <td className={classNames(CELL, 'w-10 pr-0')}>
          <Checkbox
            aria-label="Select this row"
            checked={isSelected}
            disabled={!row.getCanSelect()}
            onClick={(event) => {
              // The library's own click path, so that Shift selects a range.
              row.getToggleSelectedHandler()({
                target: { checked: !isSelected },
                nativeEvent: event.nativeEvent,
              });
            }}
          />
        </td>
      )}
      {row.getVisibleCells().map((cell, index) => {
        const look = cell.column.columnDef.meta;
        return (
          <td
            key={cell.id}
            className={classNames(
              CELL,
              look?.width,
              look?.align === 'end' && 'text-right tabular-nums',
              index === 0 && 'max-md:sticky max-md:left-0 max-md:max-w-56',
            )}
          >
            <table.FlexRender cell={cell} />
          </td>
        );
      })}
    </tr>
  );
}

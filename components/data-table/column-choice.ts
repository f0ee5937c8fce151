import type { RowData } from '@tanstack/react-table';
import type { DataColumns } from './table-columns.ts';

export type ColumnName = { id: string; name: string };

export type ColumnChoice = {
  /** Every column that can be hidden, in order. */
  all: ColumnName[];
  /** The ids of all shown columns, also of those that cannot be hidden, in order. */
  shown: string[];
  /** The same as the table library takes it. */
  visibility: Record<string, boolean>;
};

/** Which columns are shown: those of the address, else the list's own choice; what cannot be hidden always is. */
export function columnChoice<Row extends RowData>(
  columns: DataColumns<Row>,
  chosen: readonly string[] | undefined,
): ColumnChoice {
  const choice: ColumnChoice = { all: [], shown: [], visibility: {} };
  for (const column of columns) {
    const id = columnId(column);
    const isFixed = column.enableHiding === false;
    const isShown = isFixed || (chosen ? chosen.includes(id) : column.meta?.isHiddenAtFirst !== true);
    if (isShown) choice.shown.push(id);
    else choice.visibility[id] = false;
    const header = typeof column.header === 'string' ? column.header : id;
    if (!isFixed) choice.all.push({ id, name: column.meta?.name ?? header });
  }
  return choice;
}

/** The id as the library derives it: the given one, else the accessor's key. */
function columnId<Row extends RowData>(column: DataColumns<Row>[number]): string {
  if (column.id !== undefined) return column.id;
  if ('accessorKey' in column) return String(column.accessorKey).replaceAll('.', '_');
  throw new Error('A column without an accessor key needs an id.');
}

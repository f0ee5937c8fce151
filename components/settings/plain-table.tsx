import type { ReactNode } from 'react';

export type PlainColumn<Row> = {
  title: string;
  /** For a column of buttons, whose title only screen readers need. */
  isTitleHidden?: boolean;
  cell: (row: Row) => ReactNode;
  className?: string;
};

export type PlainTableProps<Row> = {
  /** Read aloud as the name of the table. */
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
};

/** A table of few rows that needs neither pages nor sorting. */
export function PlainTable<Row>({ label, columns, rows, rowId }: PlainTableProps<Row>) {
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="overflow-x-auto rounded-lg border border-line bg-surface"
    >
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line text-left text-ink-muted">
            {columns.map((column) => (
              <th key={column.title} scope="col" className="px-4 py-2.5 font-medium whitespace-nowrap">
                {column.isTitleHidden === true ? (
                  <span className="sr-only">{column.title}</span>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map((row) => (
            <tr key={rowId(row)} className="align-top">
              {columns.map((column) => (
                <td key={column.title} className={`px-4 py-2.5 ${column.className ?? ''}`}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

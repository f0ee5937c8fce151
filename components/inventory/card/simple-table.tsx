import type { ReactNode } from 'react';

export type SimpleTableProps = {
  label: string;
  heads: readonly { name: string; isNumber?: boolean }[];
  rows: readonly { id: string; cells: readonly ReactNode[] }[];
};

/** A short table that needs no paging; it scrolls in its own box. */
export function SimpleTable({ label, heads, rows }: SimpleTableProps) {
  return (
    <div
      role="group"
      aria-label={label}
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface focus-visible:-outline-offset-2"
    >
      <table className="w-full text-sm">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="text-left text-ink-muted">
            {heads.map(({ name, isNumber }) => (
              <th
                key={name}
                scope="col"
                className={`h-9 border-b border-line px-3 font-medium whitespace-nowrap ${isNumber ? 'text-right' : ''}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id} className="border-b border-line last:border-0">
              {cells.map((cell, index) => (
                <td
                  key={heads[index]?.name ?? index}
                  className={`max-w-80 px-3 py-2 align-top whitespace-nowrap ${heads[index]?.isNumber ? 'text-right tabular-nums' : ''}`}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Nothing({ children }: { children: ReactNode }) {
  return <p className="rounded-lg border border-dashed border-line px-4 py-3 text-ink-muted">{children}</p>;
}

export function Dash({ word = 'none' }: { word?: string }) {
  return (
    <span className="text-ink-faint">
      <span aria-hidden>—</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}

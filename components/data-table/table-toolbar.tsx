'use client';

import { Download } from 'lucide-react';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Button } from '#components/ui/button.tsx';
import type { ColumnName } from './column-choice.ts';
import { ColumnMenu } from './column-menu.tsx';
import { FilterMenu, type TableFilter } from './filter-menu.tsx';
import { SearchField } from './search-field.tsx';
import { clearNarrowing, csvAddress, isNarrowed } from './table-state.ts';
import type { TableAddress } from './use-table-state.ts';

export type TableToolbarProps = {
  label: string;
  address: TableAddress;
  filters?: readonly TableFilter[];
  searchHint?: string;
  csvPath?: string;
  shownColumns: readonly string[];
  columnNames: readonly ColumnName[];
};

/** Search and filters at the start, what is shown and taken away at the end. */
export function TableToolbar(props: TableToolbarProps) {
  const { state, change } = props.address;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      {props.searchHint !== undefined && (
        <SearchField
          label={`Search ${props.label.toLowerCase()}`}
          hint={props.searchHint}
          text={state.q}
          onChange={(q) => change({ q }, 'replace')}
        />
      )}
      {props.filters?.map((filter) => (
        <FilterMenu
          key={filter.name}
          filter={filter}
          values={state.filters.get(filter.name) ?? []}
          onChange={(values) => change({ filters: new Map([[filter.name, values]]) })}
        />
      ))}
      {isNarrowed(state) && (
        <Button tone="quiet" className="px-2.5" onClick={() => change(clearNarrowing(state))}>
          Clear filters
        </Button>
      )}
      <div className="ml-auto flex items-center">
        <ColumnMenu
          all={props.columnNames}
          shown={props.shownColumns}
          onChange={(columns) => change({ columns }, 'replace')}
        />
        {props.csvPath !== undefined && (
          <a
            href={csvAddress(props.csvPath, state, props.shownColumns)}
            download
            title="Every row of this list as CSV, with the shown columns"
            className={buttonStyle('quiet', 'medium', 'px-2.5')}
          >
            <Download aria-hidden />
            CSV
          </a>
        )}
      </div>
    </div>
  );
}

'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import {
  applyTableChange,
  listQuery,
  readTableState,
  type TableChange,
  type TableShape,
  type TableState,
} from './table-state.ts';

export type TableAddress = {
  state: TableState;
  /** The same state for the API: its query string, and with it the query key. */
  query: string;
  /** Goes to the address after the change; `replace` leaves no step in the history, for typing. */
  change: (change: TableChange, step?: 'push' | 'replace') => void;
};

/** The state of a list, which lives in the address alone: a link holds it, the back button undoes it. */
export function useTableState(shape: TableShape): TableAddress {
  const params = useSearchParams();
  const pathname = usePathname();
  const state = readTableState(params, shape);
  return {
    state,
    query: listQuery(state),
    change(tableChange, step = 'push') {
      // Read anew: two changes in one tick must not undo each other.
      const next = applyTableChange(
        new URLSearchParams(window.location.search),
        tableChange,
        shape,
      ).toString();
      const address = next === '' ? pathname : `${pathname}?${next}`;
      if (step === 'push') window.history.pushState(null, '', address);
      else window.history.replaceState(null, '', address);
    },
  };
}

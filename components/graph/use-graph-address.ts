'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { changeGraphState, graphHref, readGraphState, type GraphState } from './graph-address.ts';

export type GraphAddress = {
  state: GraphState;
  /** Goes to the address after the change; `replace` leaves no step in the history, for typing. */
  change: (change: Partial<GraphState>, step?: 'push' | 'replace') => void;
};

/** The explorer's state, which lives in the address alone: a link holds it, the back button undoes it. */
export function useGraphAddress(): GraphAddress {
  const params = useSearchParams();
  const state = useMemo(() => readGraphState(params), [params]);
  return {
    state,
    change(change, step = 'push') {
      // Read anew: two changes in one tick must not undo each other.
      const current = readGraphState(new URLSearchParams(window.location.search));
      const href = graphHref(changeGraphState(current, change));
      if (step === 'push') window.history.pushState(null, '', href);
      else window.history.replaceState(null, '', href);
    },
  };
}

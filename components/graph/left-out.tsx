'use client';

import type { ReactNode } from 'react';
import { NODES_DRAWN_MAX, type DrawView } from '#lib/exposure/schema.ts';
import type { GraphState } from './graph-address.ts';
import type { GraphAddress } from './use-graph-address.ts';

/** How many of the reached nodes are drawn, and one press for each reason why others are not. */
export function LeftOut({ view, address }: { view: DrawView; address: GraphAddress }) {
  const { state, change } = address;
  const drawn = view.nodes.filter(({ isMatch, hops, isLost }) => isMatch && hops > 0 && !isLost).length;
  const reasons = reasonsOf(view, drawn, state);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-surface px-4 py-1.5 text-sm text-ink-muted sm:px-6">
      <p aria-live="polite">
        Showing <Count value={drawn} /> of <Count value={wholeOf(view)} />
        {reasons.length > 0 && ', hidden by:'}
      </p>
      {reasons.map(({ text, remedy, lifted }) => (
        <span key={text} className="inline-flex items-center gap-1.5">
          {text}
          {lifted && (
            <button
              type="button"
              onClick={() => change(lifted)}
              className="rounded-sm text-accent-text underline underline-offset-3"
            >
              {remedy}
            </button>
          )}
        </span>
      ))}
    </div>
  );
}

const Count = ({ value }: { value: number }): ReactNode => (
  <span className="font-medium text-ink tabular-nums">{value.toLocaleString('en')}</span>
);

const wholeOf = ({ reached, hidden }: DrawView): number => reached + hidden.hops + hidden.conditional;

type Reason = { text: string; remedy: string; lifted: Partial<GraphState> | null };

/** Every reason that hides something, with the change that lifts it; null where only the list can show the rest. */
export function reasonsOf(
  view: Pick<DrawView, 'reached' | 'matching' | 'hidden'>,
  drawn: number,
  state: Pick<GraphState, 'limit' | 'kinds' | 'sensitiveOnly' | 'hops'>,
): Reason[] {
  const reasons: Reason[] = [];
  const count = (hidden: number) => hidden.toLocaleString('en');
  const beyond = view.matching - drawn;
  if (beyond > 0) {
    const wanted = Math.min(NODES_DRAWN_MAX, Math.max(state.limit * 2, 1));
    const isRaisable = state.limit < NODES_DRAWN_MAX;
    reasons.push({
      text: `the limit of ${count(state.limit)} (${count(beyond)})${isRaisable ? '' : '; the list has them all'}`,
      remedy: `draw ${count(Math.min(wanted, Math.max(view.matching, drawn)))}`,
      lifted: isRaisable ? { limit: wanted } : null,
    });
  }
  const filtered = view.reached - view.matching;
  if (filtered > 0 && state.kinds.length > 0)
    reasons.push({
      text: `the filter of kinds${state.sensitiveOnly ? '' : ` (${count(filtered)})`}`,
      remedy: 'clear',
      lifted: { kinds: [] },
    });
  if (filtered > 0 && state.sensitiveOnly)
    reasons.push({
      text: `“sensitive only”${state.kinds.length > 0 ? '' : ` (${count(filtered)})`}`,
      remedy: 'clear',
      lifted: { sensitiveOnly: false },
    });
  if (view.hidden.hops > 0)
    reasons.push({
      text: `the limit of ${String(state.hops)} hops (${count(view.hidden.hops)})`,
      remedy: 'lift',
      lifted: { hops: null },
    });
  if (view.hidden.conditional > 0)
    reasons.push({
      text: `conditional edges left out (${count(view.hidden.conditional)})`,
      remedy: 'count them',
      lifted: { isConditional: true },
    });
  return reasons;
}

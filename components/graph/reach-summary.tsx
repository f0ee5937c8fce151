'use client';

import { classNames } from '#components/ui/class-names.ts';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { DrawView } from '#lib/exposure/schema.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { NodeShape } from './node-shape.tsx';
import type { GraphAddress } from './use-graph-address.ts';

/** The totals of the whole reach, whatever part of it is drawn: by hop, by kind, sensitive, exercised. */
export function ReachSummary({ view, address }: { view: DrawView | undefined; address: GraphAddress }) {
  const { state, change } = address;
  if (!view) return <Skeleton className="mb-4 h-28 w-full" />;
  const sensitive = view.sensitive.toLocaleString('en');
  return (
    <div className="mb-4 grid gap-3">
      <p className="text-ink-muted">
        <strong className="text-ink tabular-nums">{view.reached.toLocaleString('en')}</strong>{' '}
        {state.direction === 'from' ? 'reached' : 'can reach it'}
        {state.mode === 'granted' && `, ${view.exercised.toLocaleString('en')} of them as logs show`}
        {state.mode === 'exercised' && ', as logs show'}
        {state.mode === 'unused' && ' by what is granted, as no log has shown'}
        {'; '}
        <span className={view.sensitive > 0 ? 'font-medium text-danger-ink' : undefined}>
          {sensitive} sensitive
        </span>
        .
      </p>
      <HopBars byHop={view.byHop} />
      <ul className="flex flex-wrap gap-1.5">
        {view.byKind.map(({ kind, count }) => {
          const isOn = state.kinds.includes(kind);
          const kinds = isOn ? state.kinds.filter((other) => other !== kind) : [...state.kinds, kind];
          return (
            <li key={kind}>
              <button
                type="button"
                aria-pressed={isOn}
                onClick={() => change({ kinds })}
                className={classNames(
                  'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm hover:bg-hover',
                  isOn ? 'border-accent bg-selected' : 'border-line',
                )}
              >
                <NodeShape kind={kind} />
                {count === 1 ? NODE_KINDS[kind].label : NODE_KINDS[kind].plural}
                <span className="text-ink-muted tabular-nums">{count.toLocaleString('en')}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const BARS_MAX = 12;

function HopBars({ byHop }: { byHop: readonly number[] }) {
  const most = Math.max(1, ...byHop);
  const shown = byHop.slice(0, BARS_MAX);
  const rest = byHop.slice(BARS_MAX).reduce((sum, count) => sum + count, 0);
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)_max-content] items-center gap-x-2 gap-y-0.5 text-sm">
      {shown.map((count, at) => (
        <div key={at} className="col-span-3 grid grid-cols-subgrid items-center">
          <dt className="text-ink-muted">
            {at + 1} {at === 0 ? 'hop' : 'hops'}
          </dt>
          <dd className="contents">
            <svg aria-hidden className="h-2 w-full">
              <rect
                width={`${((count / most) * 100).toFixed(1)}%`}
                height="100%"
                rx="2"
                className="fill-accent"
              />
            </svg>
            <span className="text-right tabular-nums">{count.toLocaleString('en')}</span>
          </dd>
        </div>
      ))}
      {rest > 0 && (
        <div className="col-span-3 grid grid-cols-subgrid">
          <dt className="text-ink-muted">more</dt>
          <dd className="col-start-3 text-right tabular-nums">{rest.toLocaleString('en')}</dd>
        </div>
      )}
    </dl>
  );
}

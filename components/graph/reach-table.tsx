'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight, Download } from 'lucide-react';
import { NodeKindIcon } from '#components/node/node-kind-icon.tsx';
import { problemText } from '#components/problem-text.ts';
import { moveBetweenRows } from '#components/data-table/move-between-rows.ts';
import { buttonStyle } from '#components/ui/button-style.ts';
import { classNames } from '#components/ui/class-names.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { Select } from '#components/ui/select.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { REACH_SORTS, type ReachedNode } from '#lib/exposure/schema.ts';
import { NODE_KINDS } from '#lib/ontology/node-kinds.ts';
import { reachQuery } from '#lib/query/graph.ts';
import { ROWS_PER_PAGE } from './graph-address.ts';
import { csvHref, rowsQuestion } from './graph-questions.ts';
import { SensitivityBadge } from './sensitivity-badge.tsx';
import type { GraphAddress } from './use-graph-address.ts';

const SORT_LABELS = {
  hops: 'Nearest first',
  '-hops': 'Furthest first',
  sensitivity: 'Most sensitive first',
  kind: 'By kind',
} as const;

type ReachTableProps = { startKey: string; address: GraphAddress };

/** The drawing's twin: every reached node, paged by the server; a press says why it is reached. */
export function ReachTable({ startKey, address }: ReachTableProps) {
  const { state, change } = address;
  const rows = useQuery({ ...reachQuery(rowsQuestion(state, startKey)), placeholderData: keepPreviousData });
  if (rows.error && !rows.data)
    return <ErrorState {...problemText(rows.error)} onRetry={() => void rows.refetch()} />;
  return (
    <section aria-label="List">
      <div className="mb-2 flex items-center gap-2">
        <Select
          aria-label="Order"
          value={state.sort}
          options={REACH_SORTS.map((sort) => ({ value: sort, label: SORT_LABELS[sort] }))}
          onChange={(event) =>
            change({ sort: REACH_SORTS.find((sort) => sort === event.target.value) ?? 'hops' })
          }
          className="min-w-0 flex-1"
        />
        <a href={csvHref(state, startKey)} download className={buttonStyle()}>
          <Download aria-hidden />
          CSV
        </a>
      </div>
      <table
        aria-busy={rows.isFetching}
        className="w-full table-fixed border-separate border-spacing-0 text-sm"
      >
        <thead className="text-left text-xs text-ink-muted">
          <tr>
            <th scope="col" className="border-b border-line py-1.5 font-medium">
              Node
            </th>
            <th scope="col" className="w-12 border-b border-line py-1.5 text-right font-medium">
              Hops
            </th>
            <th scope="col" className="w-16 border-b border-line py-1.5 pl-3 font-medium">
              Level
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={moveBetweenRows} className={classNames(rows.isPlaceholderData && 'opacity-60')}>
          {rows.data ? (
            rows.data.rows.map((row) => (
              <Row
                key={row.id}
                row={row}
                isSelected={row.key === state.selected}
                onPress={() => change({ selected: row.key, panel: 'node' })}
              />
            ))
          ) : (
            <tr>
              <td colSpan={3} className="py-3">
                <Skeleton className="h-40 w-full" />
              </td>
            </tr>
          )}
        </tbody>
      </table>
      {rows.data?.matching === 0 && (
        <p className="py-8 text-center text-ink-muted">
          {rows.data.reached === 0 ? 'Nothing is reached.' : 'None of them matches the filters.'}
        </p>
      )}
      {rows.data && rows.data.matching > ROWS_PER_PAGE && (
        <Pages offset={state.offset} total={rows.data.matching} onOffset={(offset) => change({ offset })} />
      )}
    </section>
  );
}

function Row({ row, isSelected, onPress }: { row: ReachedNode; isSelected: boolean; onPress: () => void }) {
  return (
    <tr className={classNames('hover:bg-hover', isSelected && 'bg-selected')}>
      <td className="border-b border-line py-1.5">
        <button
          type="button"
          onClick={onPress}
          aria-label={`Why ${NODE_KINDS[row.kind].label} ${row.name} is reached`}
          aria-current={isSelected ? 'true' : undefined}
          className="flex w-full min-w-0 items-start gap-2 rounded-sm text-left"
        >
          <NodeKindIcon kind={row.kind} className="mt-0.5" />
          <span className="min-w-0 flex-1">
            <span className="flex items-center gap-1.5">
              <NameText value={row.name} className="truncate font-medium" />
              <SensitivityBadge sensitivity={row.sensitivity} />
            </span>
            <KeyText value={row.key} />
          </span>
        </button>
      </td>
      <td className="border-b border-line text-right tabular-nums">{row.hops}</td>
      <td className="border-b border-line pl-3 text-ink-muted">{row.level ?? ''}</td>
    </tr>
  );
}

function Pages({
  offset,
  total,
  onOffset,
}: {
  offset: number;
  total: number;
  onOffset: (offset: number) => void;
}) {
  const last = Math.min(total, offset + ROWS_PER_PAGE);
  return (
    <nav
      aria-label="Pages of the list"
      className="mt-2 flex items-center justify-between text-sm text-ink-muted"
    >
      <p aria-live="polite" className="tabular-nums">
        {(offset + 1).toLocaleString('en')}–{last.toLocaleString('en')} of {total.toLocaleString('en')}
      </p>
      <div className="flex">
        <IconButton
          label="Previous page"
          disabled={offset === 0}
          onClick={() => onOffset(Math.max(0, offset - ROWS_PER_PAGE))}
        >
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton
          label="Next page"
          disabled={last >= total}
          onClick={() => onOffset(offset + ROWS_PER_PAGE)}
        >
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
    </nav>
  );
}

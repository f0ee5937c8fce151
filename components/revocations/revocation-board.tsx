'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { problemText } from '#components/problem-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { revocationList } from '#lib/query/revocations.ts';
import type { RevocationStateName, RevocationSummary } from '#lib/revocation/schema.ts';
import { BOARD, REVOCATION_WORDS, VERDICT_WORDS } from './words.ts';

const SHOWN = 25;
const ENDED: readonly RevocationStateName[] = ['rejected', 'cancelled', 'rolled_back'];

/** The pipeline from rehearsed to proven, one column for each kind of work that waits. */
export function RevocationBoard() {
  return (
    <>
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-5">
        {BOARD.map((column) => (
          <BoardColumn key={column.title} {...column} />
        ))}
      </div>
      <EndedList />
    </>
  );
}

const queryOf = (states: readonly RevocationStateName[]) =>
  `page=1&size=${SHOWN}&sort=-updated&state=${states.join(',')}`;

function BoardColumn({ title, hint, states }: (typeof BOARD)[number]) {
  const list = useQuery(revocationList(queryOf(states)));
  return (
    <section aria-label={title} className="min-w-0 rounded-lg bg-sunken p-3">
      <div className="mb-2 flex items-baseline justify-between gap-2">
        <h2 className="font-semibold">{title}</h2>
        <span className="text-sm text-ink-muted tabular-nums">{list.data?.total}</span>
      </div>
      <p className="mb-3 text-sm text-ink-muted">{hint}</p>
      {list.error && <ErrorState {...problemText(list.error)} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton className="h-24 w-full" />}
      <ul className="grid gap-2">
        {list.data?.rows.map((row) => (
          <li key={row.id}>
            <RevocationCard row={row} />
          </li>
        ))}
      </ul>
      {list.data?.total === 0 && <p className="text-sm text-ink-faint">Nothing.</p>}
      {list.data && list.data.total > SHOWN && (
        <p className="mt-2 text-sm text-ink-muted">and {list.data.total - SHOWN} older ones</p>
      )}
    </section>
  );
}

function RevocationCard({ row }: { row: RevocationSummary }) {
  const words = REVOCATION_WORDS[row.state];
  const { subject } = row;
  return (
    <Link
      href={`/revocations/${row.id}`}
      className="block rounded-md border border-line bg-surface p-3 hover:border-line-strong"
    >
      <NameText value={subject.permission?.sentence ?? subject.name} className="font-medium wrap-anywhere" />
      <span className="mt-1 flex flex-wrap gap-1.5">
        <Badge tone={words.tone}>{words.label}</Badge>
        {row.state === 'rehearsed' && row.verdict && (
          <Badge tone={VERDICT_WORDS[row.verdict].tone}>
            {row.verdict === 'callers' ? `${row.callers ?? 0} callers` : VERDICT_WORDS[row.verdict].label}
          </Badge>
        )}
      </span>
      <span className="mt-1 block text-sm text-ink-muted">
        {row.requestedByName} · <RelativeTime at={row.updatedAt} />
      </span>
    </Link>
  );
}

function EndedList() {
  const list = useQuery(revocationList(queryOf(ENDED)));
  if (!list.data || list.data.total === 0) return null;
  return (
    <details className="mt-6">
      <summary className="cursor-pointer text-ink-muted">
        {list.data.total} rejected, cancelled or rolled back
      </summary>
      <ul className="mt-2 grid gap-1">
        {list.data.rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-center gap-2">
            <TextLink href={`/revocations/${row.id}`}>
              <NameText value={row.subject.permission?.sentence ?? row.subject.name} />
            </TextLink>
            <Badge tone={REVOCATION_WORDS[row.state].tone}>{REVOCATION_WORDS[row.state].label}</Badge>
          </li>
        ))}
      </ul>
    </details>
  );
}

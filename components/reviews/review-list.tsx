'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ClipboardCheck } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { DataTable } from '#components/data-table/data-table.tsx';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { REVIEW_STATES, SUBJECT_TYPES } from '#lib/campaigns/schema.ts';
import { reviewList } from '#lib/query/reviews.ts';
import { AttestSelected } from './attest-selected.tsx';
import { REVIEW_COLUMNS } from './review-columns.tsx';
import { REVIEW_WORDS, TYPE_WORDS } from './words.ts';

const SHAPE: TableShape = { defaultSort: '-risk', defaultSize: 25, filters: ['state', 'type'] };

const FILTERS = [
  {
    name: 'state',
    label: 'Answer',
    options: REVIEW_STATES.map((value) => ({ value, label: REVIEW_WORDS[value].label })),
  },
  {
    name: 'type',
    label: 'Type',
    options: SUBJECT_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] })),
  },
];

/** What waits for the person who looks, or all that was ever asked of them; or (campaign) the items of one campaign. */
export function ReviewList({ mayDecide, campaignId }: { mayDecide: boolean; campaignId?: string }) {
  const params = useSearchParams();
  const showsAll = campaignId !== undefined || params.get('all') === 'true';
  const address = useTableState(SHAPE);
  const scope = campaignId === undefined ? `waiting=${!showsAll}` : `campaign=${campaignId}`;
  const list = useQuery({ ...reviewList(`${scope}&${address.query}`), placeholderData: keepPreviousData });
  return (
    <div className="min-w-0">
      {campaignId === undefined && (
        <nav aria-label="Views" className="mb-4 flex gap-1">
          <LinkButton href="/reviews" size="small" tone={showsAll ? 'quiet' : 'secondary'}>
            Waiting for me
          </LinkButton>
          <LinkButton href="/reviews?all=true" size="small" tone={showsAll ? 'secondary' : 'quiet'}>
            All
          </LinkButton>
        </nav>
      )}
      <DataTable
        label={campaignId === undefined ? 'My reviews' : 'Review items'}
        nouns={['item', 'items']}
        columns={REVIEW_COLUMNS}
        rowId={(row) => row.id}
        address={address}
        list={list}
        rowHref={(row) => `/reviews/${row.id}`}
        filters={FILTERS}
        searchHint="Name or key"
        {...(mayDecide
          ? {
              bulkActions: (ids: readonly string[], clear: () => void) => (
                <AttestSelected rows={list.data?.rows ?? []} ids={ids} onDone={clear} />
              ),
            }
          : {})}
        empty={
          <EmptyState
            title={showsAll ? 'Nothing was asked yet' : 'Nothing waits for you'}
            icon={<ClipboardCheck />}
          >
            {showsAll
              ? 'Items appear when a campaign is launched.'
              : 'You are done. When a campaign asks about something of your team, it appears here.'}
          </EmptyState>
        }
      />
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { problemText } from '#components/problem-text.ts';
import { kindLabel } from '#components/node/thing-link.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { ReviewDetail } from '#lib/campaigns/schema.ts';
import { reviewById } from '#lib/query/reviews.ts';
import { DecisionBar } from './decision-bar.tsx';
import { ReviewEvidence } from './review-evidence.tsx';
import { day, REVIEW_WORDS, TYPE_WORDS } from './words.ts';

const TRAIL = [{ label: 'My reviews', href: '/reviews' }];

/** One question of a campaign: its evidence, readable in a minute, and the answer. */
export function ReviewPage({ id }: { id: string }) {
  const { data: item, error, refetch, isFetching } = useQuery(reviewById(id));
  if (error) {
    return (
      <ErrorState
        {...problemText(error)}
        isPageTitle
        onRetry={() => void refetch()}
        isRetrying={isFetching}
      />
    );
  }
  if (!item) return <Skeleton className="h-[32rem] w-full" />;
  const words = REVIEW_WORDS[item.state];
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb trail={TRAIL} />}
        title={<NameText value={item.permission ?? item.name} />}
        meta={
          <>
            <Badge>{item.type === 'permission' ? TYPE_WORDS.permission : kindLabel(item.kind)}</Badge>
            <Badge tone={words.tone}>{words.label}</Badge>
          </>
        }
        description={<KeyText value={item.key} overflow="wrap" />}
      />
      <div className="mb-4 grid gap-2">
        <Notes item={item} />
      </div>
      <ReviewEvidence evidence={item.evidence} />
      <p className="mt-4 text-sm text-ink-faint">
        Evidence as of {day(item.evidence.asOf)} · SHA-256{' '}
        <KeyText value={item.evidenceHash} overflow="wrap" />
      </p>
      <DecisionBar key={`${item.id} ${item.version}`} item={item} />
    </>
  );
}

const NOTE = 'rounded-md px-3 py-2 wrap-break-word';

function Notes({ item }: { item: ReviewDetail }) {
  return (
    <>
      <p className="text-ink-muted">
        {item.campaignName} · asked of{' '}
        {item.reviewer ? <NameText value={item.reviewer.name} /> : 'nobody yet'} · due {day(item.dueAt)}
      </p>
      {item.instructions && <p className={`${NOTE} bg-sunken`}>{item.instructions}</p>}
      {item.risks.length > 0 && (
        <p className={`${NOTE} bg-danger-soft text-danger-ink`}>Risky: {item.risks.join(', ')}.</p>
      )}
      {!item.exists && (
        <p className={`${NOTE} bg-warn-soft text-warn-ink`}>
          It is gone since the campaign was launched: no source asserts it any more.
        </p>
      )}
      {item.changes.length > 0 && (
        <div className={`${NOTE} bg-warn-soft text-warn-ink`}>
          <p className="font-medium">Changed since the campaign was launched</p>
          <ul>
            {item.changes.map((change) => (
              <li key={change.what}>
                {change.what}: {change.was} → {change.now}
              </li>
            ))}
          </ul>
        </div>
      )}
      {item.decidedAt && (
        <p className={`${NOTE} bg-sunken`}>
          {REVIEW_WORDS[item.state].label} by {item.decidedByName} on {day(item.decidedAt)}
          {item.reason && `: ${item.reason}`}
          {item.expiresAt && `. Holds until ${day(item.expiresAt)}.`}
        </p>
      )}
      {item.revocationId && (
        <p className={`${NOTE} bg-sunken`}>
          <TextLink href={`/revocations/${item.revocationId}`}>Open its revocation</TextLink>
        </p>
      )}
    </>
  );
}

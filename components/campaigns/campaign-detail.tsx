'use client';

import { useQuery } from '@tanstack/react-query';
import { problemText } from '#components/problem-text.ts';
import { ReviewList } from '#components/reviews/review-list.tsx';
import { REVIEW_WORDS } from '#components/reviews/words.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Card } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { CampaignDetail as Campaign } from '#lib/campaigns/schema.ts';
import { campaignById } from '#lib/query/campaigns.ts';
import { bundleAddress, csvAddress } from '#lib/query/evidence.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { CAMPAIGN_WORDS } from './words.ts';

const TRAIL = [{ label: 'Campaigns', href: '/campaigns' }];
const REVIEWERS_SHOWN = 12;

export type CampaignDetailProps = { id: string; mayManage: boolean; mayDecide: boolean; mayExport: boolean };

/** How far a campaign is, who still has to answer, its items and its evidence. */
export function CampaignDetail({ id, mayManage, mayDecide, mayExport }: CampaignDetailProps) {
  const { data: campaign, error, refetch, isFetching } = useQuery(campaignById(id));
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
  if (!campaign) return <Skeleton className="h-96 w-full" />;
  const words = CAMPAIGN_WORDS[campaign.state];
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb trail={TRAIL} />}
        title={campaign.name}
        meta={
          <>
            <Badge tone={words.tone}>{words.label}</Badge>
            {campaign.overdue && <Badge tone="danger">Overdue</Badge>}
          </>
        }
        description={campaign.instructions || undefined}
        actions={
          <>
            {mayExport && campaign.launchedAt && (
              <>
                <a className={buttonStyle()} href={bundleAddress(id)} download>
                  Signed bundle
                </a>
                <a className={buttonStyle()} href={csvAddress(id)} download>
                  CSV
                </a>
              </>
            )}
            {mayManage && <CampaignActions campaign={campaign} />}
          </>
        }
      />
      {campaign.launchedAt ? (
        <>
          <CampaignProgress campaign={campaign} />
          <Section title="Items">
            <ReviewList mayDecide={mayDecide && campaign.state === 'active'} campaignId={id} />
          </Section>
        </>
      ) : (
        <p className="rounded-lg border border-line bg-surface px-4 py-6 text-ink-muted">
          A draft asks nobody. Launch it, and the items are chosen by its filter as the world is then.
        </p>
      )}
    </>
  );
}

function CampaignProgress({ campaign }: { campaign: Campaign }) {
  return (
    <div className="mb-8 grid gap-4 lg:grid-cols-2">
      <Card>
        <Progress label="Decided" done={campaign.decided} total={campaign.items} unit="items" />
        <ul className="mt-4 flex flex-wrap gap-x-4 gap-y-2">
          {campaign.byState.map(({ state, count }) => (
            <li key={state} className="inline-flex items-center gap-2">
              <Badge tone={REVIEW_WORDS[state].tone}>{REVIEW_WORDS[state].label}</Badge>
              <span className="tabular-nums">{count.toLocaleString('en')}</span>
            </li>
          ))}
        </ul>
        <p className="mt-4 text-sm text-ink-muted">
          Started {campaign.launchedAt?.slice(0, 10)} by {campaign.createdByName}, due{' '}
          {campaign.dueAt.slice(0, 10)}
          {campaign.closedAt && `, ended ${campaign.closedAt.slice(0, 10)}`}.
        </p>
      </Card>
      <Card>
        <h2 className="mb-2 font-semibold">Reviewers</h2>
        <ul className="grid gap-1.5">
          {campaign.reviewers.slice(0, REVIEWERS_SHOWN).map((reviewer) => (
            <li key={reviewer.key ?? ''} className="flex justify-between gap-3">
              <NameText value={reviewer.name} className="truncate" />
              <span className="shrink-0 text-ink-muted tabular-nums">
                {reviewer.open === 0 ? 'done' : `${reviewer.open} of ${reviewer.total} open`}
              </span>
            </li>
          ))}
        </ul>
        {campaign.reviewers.length > REVIEWERS_SHOWN && (
          <p className="mt-1 text-sm text-ink-muted">
            and {campaign.reviewers.length - REVIEWERS_SHOWN} more
          </p>
        )}
      </Card>
    </div>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { cardHref, kindLabel } from '#components/node/thing-link.tsx';
import { problemText } from '#components/problem-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { Card } from '#components/ui/card.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { revocationById } from '#lib/query/revocations.ts';
import type { RevocationDetail as Revocation } from '#lib/revocation/schema.ts';
import { RehearsalView } from './rehearsal-view.tsx';
import { RevocationSteps } from './revocation-steps.tsx';
import { RevocationTimeline } from './revocation-timeline.tsx';
import { REVOCATION_WORDS } from './words.ts';

const TRAIL = [{ label: 'Revocations', href: '/revocations' }];
const POLL_MS = 5_000;

/** One revocation: what would break, what is to be done next, and everything that happened. */
export function RevocationDetail({ id }: { id: string }) {
  const query = useQuery({
    ...revocationById(id),
    // An order that is on its way changes without anybody pressing anything here.
    refetchInterval: ({ state }) => (state.data?.state === 'approved' ? POLL_MS : false),
  });
  const { data: revocation, error } = query;
  if (error && !revocation) {
    return <ErrorState {...problemText(error)} isPageTitle onRetry={() => void query.refetch()} />;
  }
  if (!revocation) return <Skeleton className="h-96 w-full" />;
  const words = REVOCATION_WORDS[revocation.state];
  const { subject } = revocation;
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb trail={TRAIL} />}
        title={<NameText value={subject.permission?.sentence ?? subject.name} />}
        meta={
          <>
            <Badge>{subject.type === 'permission' ? 'Permission' : kindLabel(subject.kind)}</Badge>
            <Badge tone={words.tone}>{words.label}</Badge>
          </>
        }
        description={<KeyText value={subject.key} overflow="wrap" />}
      />
      {revocation.message && (
        <p role="status" className="mb-4 rounded-md bg-sunken px-3 py-2 wrap-break-word">
          {revocation.message}
        </p>
      )}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <RevocationSteps revocation={revocation} />
          {revocation.reopenedBy && <ReopenedBy event={revocation.reopenedBy} />}
          {revocation.rehearsal && <RehearsalView rehearsal={revocation.rehearsal} />}
          <PlanCard revocation={revocation} />
        </div>
        <RevocationTimeline steps={revocation.steps} />
      </div>
    </>
  );
}

function PlanCard({ revocation }: { revocation: Revocation }) {
  const { subject, webhook } = revocation;
  return (
    <Card className="min-w-0">
      <h2 className="mb-1 font-semibold">The plan</h2>
      <DescriptionList>
        <KeyValue term="Reason">{revocation.reason}</KeyValue>
        <KeyValue term="Asked for by">{revocation.requestedByName}</KeyValue>
        <KeyValue term="Owner">{subject.owner && <NameText value={subject.owner.name} />}</KeyValue>
        <KeyValue term="Way">
          {webhook ? `Signed webhook: ${webhook.name}` : 'By hand, with proof noted'}
        </KeyValue>
        <KeyValue term="Approved by">
          {revocation.approvedByName &&
            `${revocation.approvedByName}, ${revocation.approvedAt?.slice(0, 16) ?? ''}`}
        </KeyValue>
        <KeyValue term="Proof">{revocation.proof}</KeyValue>
        <KeyValue term="Proven by">
          {revocation.provenRun && <KeyText value={revocation.provenRun} />}
        </KeyValue>
        <KeyValue term="Plan hash">
          <KeyText value={revocation.approvedPlanHash ?? revocation.planHash} overflow="wrap" />
        </KeyValue>
      </DescriptionList>
      <p className="mt-2 flex gap-4 text-sm">
        <TextLink href={cardHref(subject.key)}>Open its card</TextLink>
        {revocation.reviewItemId && (
          <TextLink href={`/reviews/${revocation.reviewItemId}`}>Open the review</TextLink>
        )}
      </p>
    </Card>
  );
}

const REOPENED_TERMS: readonly [name: string, term: string][] = [
  ['time', 'When'],
  ['actor', 'Who'],
  ['action', 'What'],
  ['target', 'On'],
  ['address', 'From'],
  ['secondsAfterExecution', 'Seconds after the execution'],
  ['source', 'Source'],
  ['eventId', 'Event'],
];

function ReopenedBy({ event }: { event: NonNullable<Revocation['reopenedBy']> }) {
  return (
    <Card className="min-w-0 border-danger">
      <h2 className="mb-1 font-semibold text-danger-ink">
        {event['type'] === 'back_in_inventory' ? 'It came back' : 'It was used after the execution'}
      </h2>
      <DescriptionList>
        {REOPENED_TERMS.filter(([name]) => event[name] !== undefined && event[name] !== null).map(
          ([name, term]) => (
            <KeyValue key={name} term={term}>
              <KeyText value={JSON.stringify(event[name]).replaceAll('"', '')} overflow="wrap" />
            </KeyValue>
          ),
        )}
      </DescriptionList>
    </Card>
  );
}

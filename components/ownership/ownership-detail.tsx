'use client';

import { useQuery } from '@tanstack/react-query';
import { cardHref, kindLabel } from '#components/node/thing-link.tsx';
import { problemText } from '#components/problem-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { DescriptionList } from '#components/ui/description-list.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { KeyValue } from '#components/ui/key-value.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { Claim } from '#lib/ownership/schema.ts';
import { ownershipOf } from '#lib/query/ownership.ts';
import { ClaimActions } from './claim-actions.tsx';
import { OwnerActions } from './owner-actions.tsx';
import { basisLabel, CLAIM_WORDS, percent } from './words.ts';

const TRAIL = [{ label: 'Ownership', href: '/ownership' }];

/** Who owns one thing and why we think so; what can be done about it. */
export function OwnershipDetail({
  nodeId,
  mayDecide,
  isSecurity,
}: {
  nodeId: string;
  mayDecide: boolean;
  isSecurity: boolean;
}) {
  const { data: node, error, refetch, isFetching } = useQuery(ownershipOf(nodeId));
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
  if (!node) return <Skeleton className="h-96 w-full" />;
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb trail={TRAIL} />}
        title={<NameText value={node.name} />}
        meta={<Badge>{kindLabel(node.kind)}</Badge>}
        description={<KeyText value={node.key} overflow="wrap" />}
        actions={<LinkButton href={cardHref(node.key)}>Open its card</LinkButton>}
      />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Section
          title="Claims"
          description="Who is said to own it, by whom and how sure that is. One accepted claim is the record."
        >
          {node.loop.length > 0 && (
            <p role="status" className="mb-3 rounded-md bg-warn-soft px-3 py-2 text-warn-ink">
              In arbitration: it was handed round {node.loop.join(' → ')}. Security decides.
            </p>
          )}
          {node.history.length === 0 && (
            <p className="rounded-lg border border-line bg-surface px-4 py-6 text-ink-muted">
              No source names an owner. {isSecurity ? 'Assign one by hand.' : 'Security assigns one by hand.'}
            </p>
          )}
          <ul className="grid gap-2">
            {node.history.map((claim) => (
              <ClaimRow key={claim.id} claim={claim} mayDecide={mayDecide} isSecurity={isSecurity} />
            ))}
          </ul>
        </Section>
        <Section title="Owner">
          <DescriptionList className="rounded-lg border border-line bg-surface px-4">
            <KeyValue term="Team">{node.owner ? <NameText value={node.owner.name} /> : 'Nobody'}</KeyValue>
            <KeyValue term="Person">{node.person && <NameText value={node.person.name} />}</KeyValue>
            <KeyValue term="Backup">{node.backup && <NameText value={node.backup.name} />}</KeyValue>
            <KeyValue term="Asked again">{node.expiresAt?.slice(0, 10)}</KeyValue>
            <KeyValue term="Environment">{node.environment}</KeyValue>
            <KeyValue term="Last used">{node.lastUsedAt && <RelativeTime at={node.lastUsedAt} />}</KeyValue>
          </DescriptionList>
          {mayDecide && <OwnerActions node={node} isSecurity={isSecurity} />}
        </Section>
      </div>
    </>
  );
}

function ClaimRow({
  claim,
  mayDecide,
  isSecurity,
}: {
  claim: Claim;
  mayDecide: boolean;
  isSecurity: boolean;
}) {
  const words = CLAIM_WORDS[claim.state];
  const isOpen = claim.state === 'suggested' || (claim.state === 'disputed' && isSecurity);
  return (
    <li className="rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium">
          <NameText value={claim.owner.name} />
        </span>
        <Badge tone={words.tone}>{words.label}</Badge>
        <span className="text-sm text-ink-muted">
          {basisLabel(claim.basis)}
          {claim.source && ` · ${claim.source}`} · {percent(claim.confidence)} sure
        </span>
        <span className="ml-auto text-sm text-ink-faint">
          <RelativeTime at={claim.decidedAt ?? claim.createdAt} />
        </span>
      </div>
      <p className="mt-1 wrap-break-word text-ink-muted">
        <NameText value={claim.evidence} />
      </p>
      {claim.reason && <p className="mt-1 text-sm wrap-break-word text-ink-muted">Decided: {claim.reason}</p>}
      {mayDecide && isOpen && <ClaimActions claim={claim} />}
    </li>
  );
}

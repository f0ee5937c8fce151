'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { problemText } from '#components/problem-text.ts';
import { nodeByKey } from '#lib/query/inventory.ts';
import { PermissionTable } from '../permission-table.tsx';
import { BlastRadius } from './blast-radius.tsx';
import { CardHeader } from './card-header.tsx';
import { Chains } from './chains.tsx';
import { Credentials } from './credentials.tsx';
import { Facts } from './facts.tsx';
import { Governance } from './governance.tsx';
import { History } from './history.tsx';
import { NodeFindings } from './node-findings.tsx';
import { Owner } from './owner.tsx';
import { Provenance } from './provenance.tsx';
import { Questions } from './questions.tsx';
import { Relations } from './relations.tsx';
import { Uses } from './uses.tsx';

/** Kinds that permissions start at; what they end at is asked for the others. */
const TARGETS = ['resource', 'policy', 'credential', 'team', 'person'];

/** All that is known of one node. */
export function NodeCardView({ nodeKey, mayRevoke }: { nodeKey: string; mayRevoke: boolean }) {
  const { data: card, error, refetch, isFetching } = useQuery(nodeByKey(nodeKey));
  if (card === undefined) {
    if (error === null) return <CardSkeleton />;
    const back = <LinkButton href="/inventory">Back to the inventory</LinkButton>;
    return (
      <ErrorState
        isPageTitle
        {...problemText(error)}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
        action={back}
      />
    );
  }
  const isTarget = TARGETS.includes(card.node.kind);
  return (
    <>
      <CardHeader node={card.node} mayRevoke={mayRevoke} />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 content-start gap-8">
          {card.questions.length > 0 && <Questions questions={card.questions} />}
          <NodeFindings nodeKey={card.node.key} />
          <Section
            title={isTarget ? 'Who may reach it' : 'Permissions, granted against used'}
            description={
              isTarget
                ? 'Every permission that ends at it, and whether a log shows its use.'
                : 'What it may do itself, through its policies and through its groups, and what the logs show it did.'
            }
          >
            <PermissionTable
              ends={isTarget ? { to: card.node.key } : { from: card.node.key, through: 'true' }}
            />
          </Section>
          <Credentials credentials={card.credentials} />
          <Uses title="What it did" rows={card.uses} observed={card.observed} column="target" />
          <Uses title="Who calls it" rows={card.callers} observed={card.observed} column="actor" />
          <Chains chains={card.chains} />
          <Relations relations={card.relations} more={card.moreRelations} />
          <History history={card.history} />
        </div>
        <div className="grid min-w-0 content-start gap-6">
          <Owner owner={card.owner} nodeKey={card.node.key} />
          <BlastRadius nodeKey={card.node.key} />
          <Governance reviews={card.reviews} revocations={card.revocations} />
          <Facts node={card.node} aliases={card.aliases} />
          <Provenance provenance={card.provenance} />
        </div>
      </div>
    </>
  );
}

function CardSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="mb-2 h-4 w-32" />
      <Skeleton className="mb-6 h-8 w-80 max-w-full" />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid content-start gap-4">
          <Skeleton className="h-40" />
          <Skeleton className="h-72" />
        </div>
        <div className="grid content-start gap-4">
          <Skeleton className="h-32" />
          <Skeleton className="h-48" />
        </div>
      </div>
    </div>
  );
}

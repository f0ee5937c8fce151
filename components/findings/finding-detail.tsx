'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ShieldX, Waypoints } from 'lucide-react';
import { NodeLink } from '#components/inventory/node-link.tsx';
import { graphHref } from '#components/inventory/words.ts';
import { problemText } from '#components/problem-text.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { Card } from '#components/ui/card.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { Section } from '#components/ui/section.tsx';
import { SeverityBadge } from '#components/ui/severity-badge.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { findingById, FINDINGS_KEY } from '#lib/query/findings.ts';
import { Decisions } from './decisions.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { FindingFacts } from './finding-facts.tsx';
import { STATE_WORDS } from './words.ts';

export type FindingDetailProps = { id: string; mayDecide: boolean; mayRevoke: boolean };

/** One finding: what it rests on, why it matters, what to do, and what was decided. */
export function FindingDetailView({ id, mayDecide, mayRevoke }: FindingDetailProps) {
  const { data, error, refetch, isFetching } = useQuery(findingById(id));
  const client = useQueryClient();
  if (data === undefined) {
    if (error === null) return <Skeleton className="h-96" />;
    return (
      <ErrorState
        isPageTitle
        {...problemText(error)}
        onRetry={() => void refetch()}
        isRetrying={isFetching}
        action={<LinkButton href="/findings">Back to the findings</LinkButton>}
      />
    );
  }
  const isUnderWay = data.state === 'open' || data.state === 'accepted';
  return (
    <>
      <PageHeader
        breadcrumb={<Breadcrumb trail={[{ label: 'Findings', href: '/findings' }]} />}
        title={data.title}
        meta={
          <>
            <SeverityBadge severity={data.severity} />
            <Badge tone={STATE_WORDS[data.state].tone}>{STATE_WORDS[data.state].label}</Badge>
          </>
        }
        description={
          <>
            <NodeLink node={data.node} />
            <span className="mt-1 block">{data.summary}</span>
          </>
        }
        actions={
          <>
            <LinkButton href={graphHref(data.node.key)}>
              <Waypoints aria-hidden />
              Graph
            </LinkButton>
            {mayRevoke && isUnderWay && (
              <LinkButton
                href={`/revocations/new?${new URLSearchParams({ node: data.node.key }).toString()}`}
              >
                <ShieldX aria-hidden />
                Revoke
              </LinkButton>
            )}
            {mayDecide && isUnderWay && (
              <Decisions
                ids={[data.id]}
                onDone={() => void client.invalidateQueries({ queryKey: FINDINGS_KEY })}
              />
            )}
          </>
        }
      />
      <div className="grid gap-6 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 content-start gap-8">
          <Section
            title="Evidence"
            description="What the verdict rests on; each line can be checked at the thing that it names."
          >
            <EvidenceList evidence={data.evidence} names={data.names} />
          </Section>
          <div className="grid gap-6 md:grid-cols-2">
            <Section title="Why it matters">
              <Card className="text-ink-muted">{data.why}</Card>
            </Section>
            <Section title="What to do">
              <Card className="text-ink-muted">{data.remedy}</Card>
            </Section>
          </div>
        </div>
        <FindingFacts finding={data} mayDecide={mayDecide} />
      </div>
    </>
  );
}

'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { problemText } from '#components/problem-text.ts';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Section } from '#components/ui/section.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import type { PathView } from '#lib/exposure/schema.ts';
import { HopList } from './hop-list.tsx';
import type { GraphAddress } from './use-graph-address.ts';

/** Why the selected node is in the blast radius, in sentences. */
export function WhyPath({ why, address }: { why: UseQueryResult<PathView>; address: GraphAddress }) {
  const hops = why.data?.paths[0]?.hops;
  return (
    <Section
      title="Why"
      className="mb-6"
      description={hops && `${hops.length} ${hops.length === 1 ? 'hop' : 'hops'}; one of the shortest ways.`}
    >
      {why.error ? (
        <ErrorState {...problemText(why.error)} onRetry={() => void why.refetch()} />
      ) : why.data && !hops ? (
        <p className="text-ink-muted">It is not reached by what is shown now.</p>
      ) : hops ? (
        <HopList hops={hops} onPress={(key) => address.change({ selected: key, panel: 'node' })} />
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
    </Section>
  );
}

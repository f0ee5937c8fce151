'use client';

import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '#components/ui/error-state.tsx';
import { problemText } from '#components/problem-text.ts';
import { overview } from '#lib/query/overview.ts';
import { Campaigns } from './campaigns.tsx';
import { EventsPerDay } from './events-per-day.tsx';
import { FirstSteps } from './first-steps.tsx';
import { Numbers } from './numbers.tsx';
import { OpenFindings } from './open-findings.tsx';
import { Sources } from './sources.tsx';
import { WidestReach } from './widest-reach.tsx';

/** Where the work of security, auditors and administrators begins: each number opens the list that it counts. */
export function Overview({ mayImport }: { mayImport: boolean }) {
  const { data, error, refetch, isFetching } = useQuery(overview());
  if (data === undefined && error)
    return <ErrorState {...problemText(error)} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (data?.isEmpty) return <FirstSteps mayImport={mayImport} />;
  return (
    <div className="grid gap-8" aria-busy={isFetching}>
      <Numbers data={data} />
      <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 content-start gap-8">
          <WidestReach />
          <EventsPerDay days={data?.eventsPerDay} total={data?.totals.events} />
        </div>
        <div className="grid min-w-0 content-start gap-8">
          <OpenFindings findings={data?.findings} />
          <Campaigns campaigns={data?.campaigns} />
          <Sources sources={data?.sources} />
        </div>
      </div>
    </div>
  );
}

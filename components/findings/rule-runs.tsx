'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { countsOfFindings, FINDINGS_KEY, runRules } from '#lib/query/findings.ts';

/** When the rules last ran, and a button that runs them now. */
export function RuleRuns({ mayRun }: { mayRun: boolean }) {
  const { data } = useQuery(countsOfFindings());
  const client = useQueryClient();
  const showToast = useToast();
  const run = useMutation({
    mutationFn: runRules,
    onSuccess: async (news) => {
      showToast({
        tone: 'success',
        title: 'The rules have run',
        detail: `${news.opened + news.reopened} new, ${news.fixed + news.gone} no longer there, ${news.open} open.`,
      });
      await client.invalidateQueries({ queryKey: FINDINGS_KEY });
    },
    onError: (error) =>
      showToast({ tone: 'danger', title: 'The rules could not run', detail: error.message }),
  });
  return (
    <>
      {data && (
        <p className="text-sm text-ink-muted">
          {data.evaluatedAt === null ? (
            'The rules have not run yet'
          ) : (
            <>
              {data.isOutdated ? 'The graph has changed since the rules ran ' : 'Rules ran '}
              <RelativeTime at={data.evaluatedAt} />
            </>
          )}
        </p>
      )}
      {mayRun && (
        <Button isBusy={run.isPending} onClick={() => run.mutate()}>
          <RefreshCw aria-hidden />
          Run the rules
        </Button>
      )}
    </>
  );
}

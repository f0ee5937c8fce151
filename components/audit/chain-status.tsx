'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, RotateCw, ShieldAlert, ShieldCheck, Signature } from 'lucide-react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { Button } from '#components/ui/button.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Card } from '#components/ui/card.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ChainReport } from '#lib/audit/schema.ts';
import { AUDIT_EXPORT_PATH, chainQuery, signCheckpoint } from '#lib/query/audit.ts';

/** Whether the log is whole, checked now over every row and every signed checkpoint. */
export function ChainStatus({ maySign }: { maySign: boolean }) {
  const chain = useQuery(chainQuery);
  return (
    <Card className="mb-6 flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-0" aria-live="polite" aria-busy={chain.isFetching}>
        {chain.data ? <Verdict report={chain.data} /> : <Skeleton className="h-10 w-80" />}
        <FormProblem text={chain.error?.message} />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button isBusy={chain.isFetching} onClick={() => void chain.refetch()}>
          {!chain.isFetching && <RotateCw aria-hidden />}
          Verify again
        </Button>
        {maySign && <SignButton />}
        <a
          href={AUDIT_EXPORT_PATH}
          download
          title="All rows with their hashes, for checking elsewhere"
          className={buttonStyle()}
        >
          <Download aria-hidden />
          For verifying (NDJSON)
        </a>
      </div>
    </Card>
  );
}

function Verdict({ report }: { report: ChainReport }) {
  const { latest, checked, problems } = report.checkpoints;
  const Icon = report.ok ? ShieldCheck : ShieldAlert;
  const rows = report.rows.toLocaleString('en');
  return (
    <div className="flex gap-3">
      <Icon
        aria-hidden
        className={`mt-0.5 size-5 shrink-0 ${report.ok ? 'text-success' : 'text-critical'}`}
      />
      <div>
        <p className="font-medium">
          {report.firstBad
            ? `The chain breaks at row ${report.firstBad.seq}: ${report.firstBad.reason}`
            : problems.length > 0
              ? 'The chain fits together, but not with its checkpoints'
              : `The chain of ${rows} rows is whole`}
        </p>
        {problems.map((problem) => (
          <p key={problem} className="text-sm text-critical-ink">
            {problem}
          </p>
        ))}
        <p className="text-sm text-ink-muted">
          {latest ? (
            <>
              Last signed at row {latest.size}, <RelativeTime at={latest.at} />; {checked} checkpoints
              compared.
            </>
          ) : (
            'No checkpoint has been signed yet: rows cut off at the end would not be seen.'
          )}
        </p>
      </div>
    </div>
  );
}

function SignButton() {
  const queries = useQueryClient();
  const showToast = useToast();
  const sign = useMutation({
    mutationFn: signCheckpoint,
    onSuccess: ({ note }) => {
      void queries.invalidateQueries({ queryKey: ['audit'] });
      showToast(
        note === null
          ? { tone: 'danger', title: 'Nothing was signed: the chain is broken' }
          : {
              tone: 'success',
              title: 'A checkpoint was signed',
              detail: 'It is in the database and in BAILIWICK_HOME/checkpoints.',
            },
      );
    },
    onError: (error) => showToast({ tone: 'danger', title: 'Nothing was signed', detail: error.message }),
  });
  return (
    <Button isBusy={sign.isPending} onClick={() => sign.mutate()}>
      {!sign.isPending && <Signature aria-hidden />}
      Sign a checkpoint
    </Button>
  );
}

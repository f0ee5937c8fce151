'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { cancelRun, confirmRun } from '#lib/query/runs.ts';
import { UndoDialog } from './undo-dialog.tsx';

/** What can be done with a run as it stands. */
export function RunActions({ run }: { run: RunView }) {
  const [isAsking, setAsking] = useState(false);
  const toast = useToast();
  const queries = useQueryClient();
  const settled = {
    onSuccess: () => {
      setAsking(false);
      void queries.invalidateQueries();
    },
    onError: (error: Error) => {
      const { title, detail } = problemText(error);
      toast({ title, detail, tone: 'danger' });
    },
  };
  const confirm = useMutation({ mutationFn: () => confirmRun(run.run), ...settled });
  const cancel = useMutation({ mutationFn: () => cancelRun(run.run), ...settled });
  const waits = run.state === 'needs_confirmation';
  return (
    <>
      {run.cancellable && (
        <Button isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
          {run.confirmable ? 'Discard' : 'Cancel'}
        </Button>
      )}
      {run.confirmable && run.state !== 'unchanged' && (
        <Button
          tone={waits ? 'danger' : 'primary'}
          isBusy={confirm.isPending}
          onClick={() => (waits ? setAsking(true) : confirm.mutate())}
        >
          {waits ? 'Let it take effect…' : 'Import it now'}
        </Button>
      )}
      {run.undoable && <UndoDialog run={run} />}
      <Dialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title="End that much?"
        description={run.message}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Not yet</Button>
            <Button tone="danger" isBusy={confirm.isPending} onClick={() => confirm.mutate()}>
              End {(run.nodes.ended + run.edges.ended).toLocaleString('en')} facts
            </Button>
          </>
        }
      >
        <p className="text-ink-muted">
          A source that suddenly states much less than before is more often a broken export than a changed
          world. If the export is right, go on; it can be undone.
        </p>
      </Dialog>
    </>
  );
}

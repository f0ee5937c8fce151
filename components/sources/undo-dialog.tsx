'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { RunView } from '#lib/ingest/view-schema.ts';
import { undoRun } from '#lib/query/runs.ts';

const REASON_MIN = 3;

/** Takes a run back, with the reason that the audit log will show. */
export function UndoDialog({ run }: { run: RunView }) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const toast = useToast();
  const queries = useQueryClient();
  const undo = useMutation({
    mutationFn: () => undoRun(run.run, reason.trim()),
    onSuccess: () => {
      setOpen(false);
      toast({ title: 'The run was undone', tone: 'success' });
      void queries.invalidateQueries();
    },
  });
  return (
    <>
      <Button onClick={() => setOpen(true)}>Undo this run…</Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Undo this run"
        description="What it added goes, what it changed is as before, what it ended holds again, and its usage events leave the sums. What people decided since stays."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              tone="danger"
              isBusy={undo.isPending}
              disabled={reason.trim().length < REASON_MIN}
              onClick={() => undo.mutate()}
            >
              Undo the run
            </Button>
          </>
        }
      >
        <div className="grid gap-3">
          <Field label="Reason" hint="The audit log keeps it." isRequired>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
          <FormProblem text={undo.error ? problemText(undo.error).detail : undefined} />
        </div>
      </Dialog>
    </>
  );
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { Select } from '#components/ui/select.tsx';
import { assigneeList } from '#lib/query/findings.ts';
import type { AcceptDialogProps } from './accept-dialog.tsx';
import { useDecision } from './use-decision.ts';

/** Gives findings to somebody to look after, or to nobody. */
export function AssignDialog({ ids, isOpen, onOpenChange, onDone }: AcceptDialogProps) {
  const people = useQuery({ ...assigneeList(), enabled: isOpen });
  const [assignee, setAssignee] = useState('');
  const decision = useDecision(() => {
    onOpenChange(false);
    onDone();
  });
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={ids.length === 1 ? 'Assign this finding' : `Assign ${ids.length} findings`}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            tone="primary"
            isBusy={decision.isPending}
            disabled={people.data === undefined}
            onClick={() => {
              decision.mutate({
                decision: 'assign',
                ids: [...ids],
                assignee: assignee === '' ? null : assignee,
              });
            }}
          >
            Assign
          </Button>
        </>
      }
    >
      <Field label="Who looks after it" isRequired>
        {(control) => (
          <Select
            {...control}
            value={assignee}
            onChange={(event) => setAssignee(event.target.value)}
            options={[
              { value: '', label: 'Nobody' },
              ...(people.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      {(decision.error ?? people.error) && (
        <p role="alert" className="mt-3 text-danger-ink">
          {(decision.error ?? people.error)?.message}
        </p>
      )}
    </Dialog>
  );
}

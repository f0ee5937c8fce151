'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Field } from '#components/ui/field.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { Select } from '#components/ui/select.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { REVOCATIONS_KEY, stepRevocation, webhookList, type RevocationStep } from '#lib/query/revocations.ts';
import type { RevocationDetail } from '#lib/revocation/schema.ts';

type Asked = 'approve' | 'execute' | 'reject' | 'cancel' | 'roll-back';

const DONE: Record<RevocationStep['verb'], string> = {
  rehearse: 'Rehearsed again',
  method: 'The way is chosen',
  approve: 'Approved',
  execute: 'Execution ordered',
  reject: 'Rejected',
  cancel: 'Cancelled',
  'roll-back': 'Noted as rolled back',
};

/** What this person may do with the revocation now; the next step of the pipeline first. */
export function RevocationSteps({ revocation }: { revocation: RevocationDetail }) {
  const [asked, setAsked] = useState<Asked>();
  const toast = useToast();
  const client = useQueryClient();
  const step = useMutation({
    mutationFn: (next: RevocationStep) => stepRevocation(revocation.id, revocation.version, next),
    onSuccess: async (_, { verb }) => {
      setAsked(undefined);
      toast({ title: DONE[verb], tone: 'success' });
      await client.invalidateQueries({ queryKey: REVOCATIONS_KEY });
    },
  });
  const may = new Set(revocation.may);
  if (may.size === 0 && revocation.approvalRefusal === null) return null;
  const byHand = revocation.method !== 'webhook';
  const reasonDialog = (verb: 'reject' | 'cancel' | 'roll-back', title: string, description: string) => (
    <ReasonDialog
      isOpen={asked === verb}
      onOpenChange={() => setAsked(undefined)}
      title={title}
      description={description}
      confirm={title.replace('?', '')}
      isBusy={step.isPending}
      problem={step.error?.message}
      onConfirm={(reason) => step.mutate({ verb, reason })}
    />
  );
  return (
    <Card className="grid gap-3">
      {revocation.approvalRefusal && <p className="text-ink-muted">{revocation.approvalRefusal}</p>}
      {may.has('choose_method') && (
        <MethodField revocation={revocation} onChoose={(next) => step.mutate(next)} />
      )}
      <div className="flex flex-wrap gap-2">
        {may.has('approve') && (
          <Button tone="primary" onClick={() => setAsked('approve')}>
            Approve
          </Button>
        )}
        {may.has('execute') && (
          <Button tone="danger" onClick={() => setAsked('execute')}>
            {byHand ? 'It is done by hand' : 'Send the order'}
          </Button>
        )}
        {may.has('rehearse') && (
          <Button
            isBusy={step.isPending && asked === undefined}
            onClick={() => step.mutate({ verb: 'rehearse' })}
          >
            Rehearse again
          </Button>
        )}
        {may.has('reject') && <Button onClick={() => setAsked('reject')}>Reject</Button>}
        {may.has('roll_back') && <Button onClick={() => setAsked('roll-back')}>It was rolled back</Button>}
        {may.has('cancel') && (
          <Button tone="quiet" onClick={() => setAsked('cancel')}>
            Cancel it
          </Button>
        )}
      </div>
      {step.error && asked === undefined && (
        <p role="alert" className="text-danger-ink">
          {step.error.message}
        </p>
      )}
      <ApproveDialog
        revocation={revocation}
        isOpen={asked === 'approve'}
        onClose={() => setAsked(undefined)}
        isBusy={step.isPending}
        problem={step.error?.message}
        onApprove={() => step.mutate({ verb: 'approve', planHash: revocation.planHash })}
      />
      {byHand ? (
        <ReasonDialog
          isOpen={asked === 'execute'}
          onOpenChange={() => setAsked(undefined)}
          title="It is done?"
          description="Nothing is sent: you state that it was done outside. The next import proves it."
          label="Proof"
          hint="What was done, and where it can be looked up, such as a change number."
          confirm="Note as executed"
          tone="danger"
          isBusy={step.isPending}
          problem={step.error?.message}
          onConfirm={(proof) => step.mutate({ verb: 'execute', proof })}
        />
      ) : (
        <Dialog
          isOpen={asked === 'execute'}
          onOpenChange={() => setAsked(undefined)}
          title="Send the order?"
          description={`${revocation.webhook?.name ?? 'The receiver'} gets the signed order and removes it. It is tried up to five times under one key.`}
          footer={
            <>
              <Button onClick={() => setAsked(undefined)}>Back</Button>
              <Button
                tone="danger"
                isBusy={step.isPending}
                onClick={() => step.mutate({ verb: 'execute', proof: '' })}
              >
                Send the order
              </Button>
            </>
          }
        >
          {step.error && <p className="text-danger-ink">{step.error.message}</p>}
        </Dialog>
      )}
      {reasonDialog('reject', 'Reject?', 'It ends here, and stays in the log with your reason.')}
      {reasonDialog(
        'cancel',
        'Cancel the revocation?',
        'It ends here, and stays in the log with your reason.',
      )}
      {reasonDialog('roll-back', 'It was rolled back?', 'State what was restored and why.')}
    </Card>
  );
}

function MethodField({
  revocation,
  onChoose,
}: {
  revocation: RevocationDetail;
  onChoose: (step: RevocationStep) => void;
}) {
  const webhooks = useQuery(webhookList());
  const options = [
    { value: '', label: 'By hand, with proof noted' },
    ...(webhooks.data?.rows ?? []).map((webhook) => ({
      value: webhook.id,
      label: `Signed webhook: ${webhook.name}`,
    })),
  ];
  return (
    <Field label="Way of execution" hint="Part of the plan: it stands before the approval." isRequired>
      {(control) => (
        <Select
          {...control}
          className="max-w-md"
          options={options}
          value={revocation.webhook?.id ?? ''}
          onChange={({ target: { value } }) =>
            onChoose({
              verb: 'method',
              method: value === '' ? 'manual' : 'webhook',
              webhookId: value || null,
            })
          }
        />
      )}
    </Field>
  );
}

function ApproveDialog(props: {
  revocation: RevocationDetail;
  isOpen: boolean;
  onClose: () => void;
  isBusy: boolean;
  problem: string | undefined;
  onApprove: () => void;
}) {
  const { rehearsal, webhook } = props.revocation;
  const callers = (rehearsal?.callers.length ?? 0) + (rehearsal?.moreCallers ?? 0);
  const consequence = {
    callers: `${callers} ${callers === 1 ? 'caller was' : 'callers were'} seen in the logs and would break.`,
    nothing_seen: 'The logs show nobody who would break.',
    cannot_tell: 'Nobody can tell who would break: no log could have shown a use.',
  }[rehearsal?.verdict ?? 'cannot_tell'];
  return (
    <Dialog
      isOpen={props.isOpen}
      onOpenChange={props.onClose}
      title="Approve this plan?"
      description={`${consequence} ${webhook ? `Then ${webhook.name} gets a signed order.` : 'Then somebody does it by hand and notes the proof.'}`}
      footer={
        <>
          <Button onClick={props.onClose}>Back</Button>
          <Button tone="primary" isBusy={props.isBusy} onClick={props.onApprove}>
            Approve
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-muted">
        Exactly this plan is approved; anything else is refused at the execution. You are the second person.
      </p>
      {props.problem && <p className="mt-2 text-danger-ink">{props.problem}</p>}
    </Dialog>
  );
}

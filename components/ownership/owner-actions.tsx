'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { OwnedNode } from '#lib/ownership/schema.ts';
import { assignOwner, disputeOwnership, handOverOwnership, OWNERSHIP_KEY } from '#lib/query/ownership.ts';
import { OwnerPicker, type PickedOwner } from './owner-picker.tsx';

type Action = 'assign' | 'hand_over' | 'dispute';

/** Assign by hand, not mine → theirs, and dispute. */
export function OwnerActions({ node, isSecurity }: { node: OwnedNode; isSecurity: boolean }) {
  const [action, setAction] = useState<Action>();
  const [to, setTo] = useState<PickedOwner>();
  const [person, setPerson] = useState<PickedOwner>();
  const [backup, setBackup] = useState<PickedOwner>();
  const toast = useToast();
  const router = useRouter();
  const client = useQueryClient();
  const done = async (title: string, detail?: string) => {
    setAction(undefined);
    toast({ title, tone: 'success', ...(detail ? { detail } : {}) });
    await client.invalidateQueries({ queryKey: OWNERSHIP_KEY });
  };
  const owner = isSecurity ? to : (node.owner ?? undefined);
  const assign = useMutation({
    mutationFn: (reason: string) =>
      assignOwner(node.nodeId, {
        ownerId: owner?.id ?? 0,
        personId: person?.id ?? null,
        backupId: backup?.id ?? null,
        reason,
      }),
    onSuccess: () => done('The owner is set'),
  });
  const pass = useMutation({
    mutationFn: (reason: string) => handOverOwnership(node.nodeId, { toOwnerId: to?.id ?? 0, reason }),
    onSuccess: async ({ outcome, loop }) => {
      if (outcome === 'arbitration')
        await done('It goes to security', `It was going round: ${loop.join(' → ')}.`);
      else await done('Handed over', 'It waits for the other side. Until they accept, nothing changes.');
      if (!isSecurity && node.owner === null) router.push('/ownership');
    },
  });
  const dispute = useMutation({
    mutationFn: (reason: string) => disputeOwnership(node.nodeId, { reason }),
    onSuccess: async () => {
      await done('It is nobody’s now, and in dispute');
      if (!isSecurity) router.push('/ownership');
    },
  });
  const isHeld = node.owner !== null || node.claims.length > 0;
  return (
    <div className="mt-3 grid gap-2">
      {(isSecurity || node.owner !== null) && (
        <Button onClick={() => setAction('assign')}>
          {isSecurity ? 'Assign by hand' : 'Name person and backup'}
        </Button>
      )}
      {isHeld && <Button onClick={() => setAction('hand_over')}>Not mine, theirs</Button>}
      {node.owner !== null && (
        <Button tone="quiet" onClick={() => setAction('dispute')}>
          Not mine, and I do not know whose
        </Button>
      )}
      <ReasonDialog
        isOpen={action === 'assign'}
        onOpenChange={() => setAction(undefined)}
        title={isSecurity ? 'Assign an owner' : 'Name the person and the backup'}
        confirm="Set"
        isBusy={assign.isPending}
        isBlocked={owner === undefined}
        problem={assign.error?.message}
        onConfirm={(reason) => assign.mutate(reason)}
      >
        {isSecurity && <OwnerPicker label="Team or person" value={to} onChange={setTo} />}
        <OwnerPicker
          label="Named person"
          kind="person"
          isRequired={false}
          value={person}
          onChange={setPerson}
        />
        <OwnerPicker label="Backup" kind="person" isRequired={false} value={backup} onChange={setBackup} />
      </ReasonDialog>
      <ReasonDialog
        isOpen={action === 'hand_over'}
        onOpenChange={() => setAction(undefined)}
        title="Whose is it?"
        description="They are asked to accept it. An accepted owner stays accountable until they do."
        confirm="Hand over"
        isBusy={pass.isPending}
        isBlocked={to === undefined}
        problem={pass.error?.message}
        onConfirm={(reason) => pass.mutate(reason)}
      >
        <OwnerPicker label="Owner" value={to} onChange={setTo} />
      </ReasonDialog>
      <ReasonDialog
        isOpen={action === 'dispute'}
        onOpenChange={() => setAction(undefined)}
        title="It is not yours, and you do not know whose it is?"
        description="It becomes nobody’s and goes back to the queue, marked as disputed."
        confirm="Dispute"
        isBusy={dispute.isPending}
        problem={dispute.error?.message}
        onConfirm={(reason) => dispute.mutate(reason)}
      />
    </div>
  );
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Claim } from '#lib/ownership/schema.ts';
import { acceptClaim, OWNERSHIP_KEY, rejectClaim } from '#lib/query/ownership.ts';

/** Accept or reject one suggested owner. */
export function ClaimActions({ claim }: { claim: Claim }) {
  const [isRejecting, setRejecting] = useState(false);
  const toast = useToast();
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: OWNERSHIP_KEY });
  const accept = useMutation({
    mutationFn: () => acceptClaim(claim.id, {}),
    onSuccess: async () => {
      toast({ title: `${claim.owner.name} owns it now`, tone: 'success' });
      await refresh();
    },
    onError: (error) => toast({ title: 'It was not accepted', detail: error.message, tone: 'danger' }),
  });
  const reject = useMutation({
    mutationFn: (reason: string) => rejectClaim(claim.id, { reason }),
    onSuccess: async () => {
      setRejecting(false);
      toast({ title: 'The suggestion is rejected', tone: 'success' });
      await refresh();
    },
  });
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      <Button tone="primary" size="small" isBusy={accept.isPending} onClick={() => accept.mutate()}>
        Accept {claim.owner.name}
      </Button>
      <Button size="small" onClick={() => setRejecting(true)}>
        Not the owner
      </Button>
      <ReasonDialog
        isOpen={isRejecting}
        onOpenChange={setRejecting}
        title={`${claim.owner.name} is not the owner?`}
        description="The suggestion is put away. The same source will not make it again."
        confirm="Reject"
        isBusy={reject.isPending}
        problem={reject.error?.message}
        onConfirm={(reason) => reject.mutate(reason)}
      />
    </div>
  );
}

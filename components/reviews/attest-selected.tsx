'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ReviewItemRow } from '#lib/campaigns/schema.ts';
import { CAMPAIGNS_KEY } from '#lib/query/campaigns.ts';
import { attestMany, REVIEWS_KEY } from '#lib/query/reviews.ts';
import { ExpiryField, expiryAfter } from './expiry-field.tsx';

/** Attests the selected items at once; risky ones are left out and looked at one by one. */
export function AttestSelected({
  rows,
  ids,
  onDone,
}: {
  rows: readonly ReviewItemRow[];
  ids: readonly string[];
  onDone: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [days, setDays] = useState(180);
  const toast = useToast();
  const client = useQueryClient();
  const selected = rows.filter((row) => ids.includes(row.id));
  const harmless = selected.filter((row) => row.risks.length === 0);
  const risky = selected.length - harmless.length;
  const attest = useMutation({
    mutationFn: (reason: string) =>
      attestMany({
        items: harmless.map(({ id, version }) => ({ id, version })),
        reason,
        expiresAt: expiryAfter(days),
      }),
    onSuccess: async ({ attested }) => {
      setOpen(false);
      onDone();
      toast({ title: `${attested} attested`, tone: 'success' });
      await client.invalidateQueries({ queryKey: REVIEWS_KEY });
      await client.invalidateQueries({ queryKey: CAMPAIGNS_KEY });
    },
  });
  return (
    <>
      {risky > 0 && <span className="text-sm text-ink-muted">{risky} risky: look at each by itself</span>}
      <Button tone="primary" size="small" disabled={harmless.length === 0} onClick={() => setOpen(true)}>
        Attest {harmless.length}
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={`Attest ${harmless.length} as still needed?`}
        description="All are attested or none."
        confirm="Attest"
        isBusy={attest.isPending}
        problem={attest.error?.message}
        onConfirm={(reason) => attest.mutate(reason)}
      >
        <ExpiryField days={days} onChange={setDays} isRisky={false} />
      </ReasonDialog>
    </>
  );
}

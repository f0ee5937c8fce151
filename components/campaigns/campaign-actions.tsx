'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { CampaignDetail } from '#lib/campaigns/schema.ts';
import { cancelCampaign, CAMPAIGNS_KEY, closeCampaign, launchCampaign } from '#lib/query/campaigns.ts';
import { REVIEWS_KEY } from '#lib/query/reviews.ts';

/** Launch, close and cancel, as far as the state allows. */
export function CampaignActions({ campaign }: { campaign: CampaignDetail }) {
  const [asked, setAsked] = useState<'close' | 'cancel'>();
  const toast = useToast();
  const client = useQueryClient();
  const done = async (title: string) => {
    setAsked(undefined);
    toast({ title, tone: 'success' });
    await client.invalidateQueries({ queryKey: CAMPAIGNS_KEY });
    await client.invalidateQueries({ queryKey: REVIEWS_KEY });
  };
  const launch = useMutation({
    mutationFn: () => launchCampaign(campaign.id),
    onSuccess: ({ items }) => done(`Launched: ${items.toLocaleString('en')} items`),
    onError: (error) => toast({ title: 'It was not launched', detail: error.message, tone: 'danger' }),
  });
  const close = useMutation({
    mutationFn: () => closeCampaign(campaign.id),
    onSuccess: () => done('Closed'),
  });
  const cancel = useMutation({
    mutationFn: (reason: string) => cancelCampaign(campaign.id, reason),
    onSuccess: () => done('Cancelled'),
  });
  const open = campaign.items - campaign.decided;
  const isLive = campaign.state === 'draft' || campaign.state === 'active';
  return (
    <>
      {campaign.state === 'draft' && (
        <Button tone="primary" isBusy={launch.isPending} onClick={() => launch.mutate()}>
          Launch
        </Button>
      )}
      {campaign.state === 'active' && (
        <Button tone="primary" onClick={() => setAsked('close')}>
          Close
        </Button>
      )}
      {isLive && (
        <Button tone="quiet" onClick={() => setAsked('cancel')}>
          Cancel it
        </Button>
      )}
      <Dialog
        isOpen={asked === 'close'}
        onOpenChange={() => setAsked(undefined)}
        title="Close the campaign?"
        description={
          open === 0
            ? 'Everything is decided. The evidence can be exported, and is the same every time from then on.'
            : `${open.toLocaleString('en')} items are not decided. Those that nobody answered are kept as “no answer”. No decision is lost.`
        }
        footer={
          <>
            <Button onClick={() => setAsked(undefined)}>Back</Button>
            <Button tone="primary" isBusy={close.isPending} onClick={() => close.mutate()}>
              Close it
            </Button>
          </>
        }
      >
        {close.error && <p className="text-danger-ink">{close.error.message}</p>}
      </Dialog>
      <ReasonDialog
        isOpen={asked === 'cancel'}
        onOpenChange={() => setAsked(undefined)}
        title="Cancel the campaign?"
        description="What is undecided is withdrawn. Decisions that were made stay."
        confirm="Cancel the campaign"
        tone="danger"
        isBusy={cancel.isPending}
        problem={cancel.error?.message}
        onConfirm={(reason) => cancel.mutate(reason)}
      />
    </>
  );
}

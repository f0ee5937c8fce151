'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { OwnerPicker, type PickedOwner } from '#components/ownership/owner-picker.tsx';
import { Button } from '#components/ui/button.tsx';
import { Kbd } from '#components/ui/kbd.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { ItemDecision, ReviewDetail } from '#lib/campaigns/schema.ts';
import { CAMPAIGNS_KEY } from '#lib/query/campaigns.ts';
import { decideReview, REVIEWS_KEY } from '#lib/query/reviews.ts';
import { ExpiryField, expiryAfter } from './expiry-field.tsx';
import { useDecisionKeys } from './use-decision-keys.ts';

type Choice = ItemDecision['decision'];

const DONE: Record<Choice, string> = {
  attest: 'Attested',
  revoke: 'Revocation asked for',
  unsure: 'Noted: unsure',
  not_mine: 'Passed on',
  assign: 'Assigned',
};

/** The answers to one item, by button and by key, and the way to the next. */
export function DecisionBar({ item }: { item: ReviewDetail }) {
  const [choice, setChoice] = useState<Choice>();
  const [days, setDays] = useState(item.risks.length > 0 ? 90 : 180);
  const [to, setTo] = useState<PickedOwner>();
  const router = useRouter();
  const toast = useToast();
  const client = useQueryClient();
  const goTo = (id: string | null) => {
    if (id !== null) router.push(`/reviews/${id}`);
  };
  const decide = useMutation({
    mutationFn: (reason: string) =>
      decideReview(item.id, decisionOf(choice ?? 'attest', item.version, reason, days, to)),
    onSuccess: async ({ loop }) => {
      toast({
        title: DONE[choice ?? 'attest'],
        tone: 'success',
        ...(loop.length > 0
          ? { detail: `It was going round (${loop.join(' → ')}), so security decides.` }
          : {}),
      });
      setChoice(undefined);
      await client.invalidateQueries({ queryKey: CAMPAIGNS_KEY });
      await client.invalidateQueries({ queryKey: REVIEWS_KEY, refetchType: 'none' });
      router.push(item.next === null ? '/reviews' : `/reviews/${item.next}`);
    },
  });
  const pick = (wanted: Choice) => (item.mayDecide ? () => setChoice(wanted) : () => undefined);
  useDecisionKeys({
    a: pick('attest'),
    r: pick('revoke'),
    u: pick('unsure'),
    n: pick('not_mine'),
    j: () => goTo(item.next),
    k: () => goTo(item.previous),
  });
  const dialog = {
    onOpenChange: () => setChoice(undefined),
    isBusy: decide.isPending,
    problem: decide.error?.message,
    onConfirm: (reason: string) => decide.mutate(reason),
  };
  return (
    <div className="sticky bottom-0 z-10 -mx-4 mt-6 flex flex-wrap items-center gap-2 border-t border-line bg-surface px-4 py-3 sm:-mx-6 sm:px-6">
      {item.mayDecide && (
        <>
          <Button tone="primary" onClick={pick('attest')}>
            Still needed <Kbd>a</Kbd>
          </Button>
          <Button tone="danger" onClick={pick('revoke')}>
            Revoke <Kbd>r</Kbd>
          </Button>
          <Button onClick={pick('not_mine')}>
            Not mine <Kbd>n</Kbd>
          </Button>
          {item.state !== 'unsure' && (
            <Button tone="quiet" onClick={pick('unsure')}>
              Unsure <Kbd>u</Kbd>
            </Button>
          )}
          {item.mayAssign && (
            <Button tone="quiet" onClick={pick('assign')}>
              Assign a reviewer
            </Button>
          )}
        </>
      )}
      <span className="ml-auto flex gap-2">
        <Button tone="quiet" disabled={item.previous === null} onClick={() => goTo(item.previous)}>
          Previous <Kbd>k</Kbd>
        </Button>
        <Button tone="quiet" disabled={item.next === null} onClick={() => goTo(item.next)}>
          Next <Kbd>j</Kbd>
        </Button>
      </span>
      <ReasonDialog
        {...dialog}
        isOpen={choice === 'attest'}
        title="Still needed, as it is?"
        description={
          item.risks.length > 0
            ? `It is risky: ${item.risks.join(', ')}. Your reason stands in the evidence.`
            : undefined
        }
        hint="For what, in a few words."
        confirm="Attest"
      >
        <ExpiryField days={days} onChange={setDays} isRisky={item.risks.length > 0} />
      </ReasonDialog>
      <ReasonDialog
        {...dialog}
        isOpen={choice === 'revoke'}
        title="Ask for its revocation?"
        description="Nothing is removed yet: it is rehearsed on the logs, and a second person approves it."
        confirm="Ask for revocation"
        tone="danger"
      />
      <ReasonDialog
        {...dialog}
        isOpen={choice === 'unsure'}
        title="What would you need to know?"
        confirm="Note it"
      />
      <ReasonDialog
        {...dialog}
        isOpen={choice === 'not_mine' || choice === 'assign'}
        title={choice === 'assign' ? 'Who is to answer?' : 'Whose is it?'}
        description={
          choice === 'assign'
            ? undefined
            : 'Leave the owner empty if you do not know: then security finds out.'
        }
        confirm={choice === 'assign' ? 'Assign' : 'Pass on'}
        isBlocked={choice === 'assign' && to === undefined}
      >
        <OwnerPicker label="Owner" isRequired={choice === 'assign'} value={to} onChange={setTo} />
      </ReasonDialog>
    </div>
  );
}

function decisionOf(
  decision: Choice,
  version: number,
  reason: string,
  days: number,
  to: PickedOwner | undefined,
): ItemDecision {
  switch (decision) {
    case 'attest':
      return { decision, version, reason, expiresAt: expiryAfter(days) };
    case 'not_mine':
      return { decision, version, reason, toOwnerId: to?.id ?? null };
    case 'assign':
      return { decision, version, reason, toOwnerId: to?.id ?? 0 };
    default:
      return { decision, version, reason };
  }
}

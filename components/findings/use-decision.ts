'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useToast } from '#components/ui/toast.tsx';
import type { DecideFindings } from '#lib/findings/schema.ts';
import { decideOnFindings, FINDINGS_KEY } from '#lib/query/findings.ts';

const DONE = { accept: 'accepted', reopen: 'opened again', assign: 'assigned' } as const;

/** Carries a decision out, says so, and asks every list of findings anew. */
export function useDecision(onDone: () => void) {
  const client = useQueryClient();
  const showToast = useToast();
  return useMutation({
    mutationFn: (decision: DecideFindings) => decideOnFindings(decision),
    onSuccess: async ({ changed }, { decision }) => {
      showToast({
        tone: 'success',
        title:
          changed === 1 ? `The finding was ${DONE[decision]}` : `${changed} findings were ${DONE[decision]}`,
      });
      onDone();
      await Promise.all([
        client.invalidateQueries({ queryKey: FINDINGS_KEY }),
        client.invalidateQueries({ queryKey: ['overview'] }),
      ]);
    },
  });
}

'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Card } from '#components/ui/card.tsx';
import { Section } from '#components/ui/section.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { SourceDetail } from '#lib/ingest/view-schema.ts';
import { changeSource, sourceById } from '#lib/query/sources.ts';

/** Whether the source's word on who owns what is taken without asking. */
export function OwnershipSwitch({ source, canManage }: { source: SourceDetail; canManage: boolean }) {
  const id = useId();
  const toast = useToast();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (on: boolean) => changeSource(source.id, on),
    onSuccess: (changed) => queries.setQueryData(sourceById(source.id).queryKey, changed),
    onError: (error) => toast({ ...problemText(error), tone: 'danger' }),
  });
  return (
    <Section title="Ownership">
      <Card className="flex items-start gap-3">
        <Switch
          id={id}
          checked={source.ownershipAuthoritative}
          disabled={!canManage || change.isPending}
          onCheckedChange={(on) => change.mutate(on)}
        />
        <label htmlFor={id} className="grid">
          <span className="font-medium">This source is our record of owners</span>
          <span className="text-ink-muted">
            From the next import on, its claims are accepted at once, unless a person decided otherwise. Else
            they are suggested in Ownership.
          </span>
        </label>
      </Card>
    </Section>
  );
}

'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { kindLabel } from '#components/node/thing-link.tsx';
import { problemText } from '#components/problem-text.ts';
import { useSettled } from '#components/shell/use-settled.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Combobox } from '#components/ui/combobox.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Select } from '#components/ui/select.tsx';
import { Skeleton } from '#components/ui/skeleton.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Textarea } from '#components/ui/textarea.tsx';
import {
  requestRevocation,
  revocationPreview,
  REVOCATIONS_KEY,
  webhookList,
} from '#lib/query/revocations.ts';
import { searchQuery } from '#lib/query/search.ts';
import type { RevocationPreview } from '#lib/revocation/schema.ts';
import { RehearsalView } from './rehearsal-view.tsx';

const SETTLE_MS = 250;
const REASON_MIN = 3;

/**
 * Asks for a revocation: find the thing, see what it reaches and who would break, say why. The emergency path is the same
 * page with the reason written for a leak.
 */
export function RequestRevocation({ isEmergency }: { isEmergency: boolean }) {
  const params = useSearchParams();
  const [key, setKey] = useState(params.get('key') ?? '');
  const edge = Number(params.get('edge') ?? 0);
  const preview = useQuery({
    ...revocationPreview(key, edge > 0 ? edge : undefined),
    enabled: key !== '',
  });
  return (
    <div className="grid gap-6">
      {params.get('key') === null && <FindThing value={key} onFound={setKey} />}
      {preview.error && <ErrorState {...problemText(preview.error)} onRetry={() => void preview.refetch()} />}
      {preview.isLoading && <Skeleton className="h-64 w-full" />}
      {preview.data && <Preview key={key} preview={preview.data} isEmergency={isEmergency} />}
    </div>
  );
}

function FindThing({ value, onFound }: { value: string; onFound: (key: string) => void }) {
  const [text, setText] = useState('');
  const settled = useSettled(text, SETTLE_MS);
  const found = useQuery({ ...searchQuery(settled), enabled: settled.length > 1 });
  const options = (found.data?.results ?? []).map((node) => ({
    value: node.key,
    label: node.name,
    hint: `${kindLabel(node.kind)} · ${node.key}`,
  }));
  return (
    <Field label="Identity or credential" hint="By name, key, ARN, access key id or SPIFFE id." isRequired>
      {({ id }) => (
        <Combobox
          id={id}
          label="Identity or credential"
          options={options}
          value={value === '' ? undefined : { value, label: value }}
          onChange={(option) => onFound(option.value)}
          onSearch={setText}
          isSearching={found.isFetching}
          placeholder="Find what is to be revoked"
          className="max-w-2xl"
        />
      )}
    </Field>
  );
}

function Preview({ preview, isEmergency }: { preview: RevocationPreview; isEmergency: boolean }) {
  const { subject, reach, rehearsal, underWay } = preview;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid min-w-0 gap-4">
        <Card className="min-w-0">
          <h2 className="font-semibold">
            <NameText value={subject.permission?.sentence ?? subject.name} />
          </h2>
          <KeyText value={subject.key} overflow="wrap" />
          <p className="mt-2">
            Owner: {subject.owner ? <NameText value={subject.owner.name} /> : 'nobody'}
            {subject.environment && ` · ${subject.environment}`}
          </p>
          <p className="mt-2">
            {reach === null ? (
              <span className="text-ink-muted">How far it reaches is not known to the graph yet.</span>
            ) : (
              <>
                Whoever holds it reaches <strong>{reach.nodes.toLocaleString('en')} things</strong>
                {reach.crownJewels > 0 && (
                  <strong className="text-danger-ink">, {reach.crownJewels} of them crown jewels</strong>
                )}
                .{' '}
                <TextLink href={`/graph?${new URLSearchParams({ key: subject.key }).toString()}`}>
                  See the blast radius
                </TextLink>
              </>
            )}
          </p>
        </Card>
        <RehearsalView rehearsal={rehearsal} />
      </div>
      {underWay === null ? (
        <RequestForm preview={preview} isEmergency={isEmergency} />
      ) : (
        <Card className="grid gap-3">
          <p>A revocation of this is already under way.</p>
          <LinkButton href={`/revocations/${underWay}`} tone="primary">
            Open it
          </LinkButton>
        </Card>
      )}
    </div>
  );
}

function RequestForm({ preview, isEmergency }: { preview: RevocationPreview; isEmergency: boolean }) {
  const [reason, setReason] = useState(isEmergency ? 'Leaked: ' : '');
  const [webhookId, setWebhookId] = useState('');
  const webhooks = useQuery(webhookList());
  const router = useRouter();
  const client = useQueryClient();
  const { subject } = preview;
  const request = useMutation({
    mutationFn: () =>
      requestRevocation({
        nodeId: subject.nodeId,
        edgeId: subject.edgeId,
        reason: reason.trim(),
        method: webhookId === '' ? 'manual' : 'webhook',
        webhookId: webhookId || null,
      }),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: REVOCATIONS_KEY });
      router.push(`/revocations/${id}`);
    },
  });
  const options = [
    { value: '', label: 'By hand, with proof noted' },
    ...(webhooks.data?.rows ?? []).map((webhook) => ({
      value: webhook.id,
      label: `Signed webhook: ${webhook.name}`,
    })),
  ];
  return (
    <Card>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          request.mutate();
        }}
      >
        <Field label="Reason" isRequired error={request.error?.message}>
          {(control) => (
            <Textarea
              {...control}
              rows={3}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        <Field label="Way of execution" isRequired>
          {(control) => (
            <Select
              {...control}
              options={options}
              value={webhookId}
              onChange={(event) => setWebhookId(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="submit"
          tone="danger"
          isBusy={request.isPending}
          disabled={reason.trim().length < REASON_MIN}
        >
          {isEmergency ? 'Revoke now' : 'Ask for the revocation'}
        </Button>
        <p className="text-sm text-ink-muted">
          {isEmergency
            ? 'A second person has to approve before anything is removed: send them the page that opens next.'
            : 'Nothing is removed yet: a second person approves the plan, then it is executed.'}
        </p>
      </form>
    </Card>
  );
}

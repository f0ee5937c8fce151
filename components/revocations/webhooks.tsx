'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemText } from '#components/problem-text.ts';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { ErrorState } from '#components/ui/error-state.tsx';
import { Field } from '#components/ui/field.tsx';
import { Input } from '#components/ui/input.tsx';
import { KeyText, NameText } from '#components/ui/key-text.tsx';
import { addWebhook, removeWebhook, webhookList } from '#lib/query/revocations.ts';

type Added = { name: string; secret: string };

/** The receivers of signed revocation orders: add one, see its secret once, remove it. */
export function Webhooks() {
  const [added, setAdded] = useState<Added>();
  const list = useQuery(webhookList());
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="grid gap-2">
        {list.error && <ErrorState {...problemText(list.error)} onRetry={() => void list.refetch()} />}
        {list.data?.rows.length === 0 && (
          <Card className="text-ink-muted">
            No receiver yet. Without one, revocations are executed by hand.
          </Card>
        )}
        {list.data?.rows.map((webhook) => (
          <WebhookCard key={webhook.id} webhook={webhook} />
        ))}
      </div>
      <AddWebhook onAdded={setAdded} />
      <Dialog
        isOpen={added !== undefined}
        onOpenChange={() => setAdded(undefined)}
        title={`Secret of ${added?.name ?? ''}`}
        description="It is shown this once. The receiver checks the signature of each order with it."
        footer={<Button onClick={() => setAdded(undefined)}>I have kept it</Button>}
      >
        <p className="flex items-center gap-2">
          <KeyText value={added?.secret ?? ''} overflow="wrap" />
          <CopyButton text={added?.secret ?? ''} label="Copy the secret" />
        </p>
      </Dialog>
    </div>
  );
}

function WebhookCard({ webhook }: { webhook: { id: string; name: string; url: string } }) {
  const [isAsked, setAsked] = useState(false);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeWebhook(webhook.id),
    onSuccess: () => client.invalidateQueries({ queryKey: webhookList().queryKey }),
  });
  return (
    <Card className="flex flex-wrap items-center justify-between gap-3">
      <div className="min-w-0">
        <NameText value={webhook.name} className="font-medium" />
        <KeyText value={webhook.url} overflow="wrap" />
      </div>
      <Button tone="quiet" onClick={() => setAsked(true)}>
        Remove
      </Button>
      <Dialog
        isOpen={isAsked}
        onOpenChange={setAsked}
        title={`Remove ${webhook.name}?`}
        description="Orders that are on their way to it fail, and can be ordered again another way."
        footer={
          <>
            <Button onClick={() => setAsked(false)}>Back</Button>
            <Button tone="danger" isBusy={remove.isPending} onClick={() => remove.mutate()}>
              Remove
            </Button>
          </>
        }
      >
        {remove.error && <p className="text-danger-ink">{remove.error.message}</p>}
      </Dialog>
    </Card>
  );
}

function AddWebhook({ onAdded }: { onAdded: (added: Added) => void }) {
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => addWebhook({ name, url }),
    onSuccess: async (webhook) => {
      onAdded(webhook);
      setName('');
      setUrl('');
      await client.invalidateQueries({ queryKey: webhookList().queryKey });
    },
  });
  return (
    <Card>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <h2 className="font-semibold">Add a receiver</h2>
        <Field label="Name" isRequired>
          {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field
          label="Address"
          hint="https://… Orders are signed, and sent to nobody else."
          isRequired
          error={add.error?.message}
        >
          {(control) => (
            <Input {...control} type="url" value={url} onChange={(event) => setUrl(event.target.value)} />
          )}
        </Field>
        <Button
          type="submit"
          tone="primary"
          isBusy={add.isPending}
          disabled={name.trim() === '' || url === ''}
        >
          Add
        </Button>
      </form>
    </Card>
  );
}

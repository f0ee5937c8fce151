'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FormProblem } from '#components/account/form-problem.tsx';
import { useConfirmedChange } from '#components/account/use-confirmed-change.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { NameText } from '#components/ui/key-text.tsx';
import { RelativeTime } from '#components/ui/relative-time.tsx';
import type { TokenView } from '#lib/auth/tokens/schema.ts';
import { revokeToken, rotateToken, tokensQuery } from '#lib/query/tokens.ts';
import { Loaded } from '#components/loaded.tsx';
import { PlainTable, type PlainColumn } from './plain-table.tsx';
import { ShownOnce } from './shown-once.tsx';

const COLUMNS: readonly PlainColumn<TokenView>[] = [
  {
    title: 'Name',
    cell: (token) => (
      <>
        <NameText value={token.name} className="font-medium" />
        <code className="block font-mono text-xs text-ink-faint">{token.prefix}…</code>
      </>
    ),
  },
  { title: 'May', cell: (token) => <span className="font-mono text-xs">{token.scopes.join(', ')}</span> },
  { title: 'Sources', cell: (token) => token.sources.map((source) => source.name).join(', ') || 'all' },
  {
    title: 'Made by',
    cell: (token) => (
      <>
        <NameText value={token.createdBy} />{' '}
        {!token.creatorActive && <Badge tone="warn">account disabled</Badge>}
      </>
    ),
  },
  {
    title: 'Last used',
    cell: (token) => (token.lastUsedAt === null ? 'never' : <RelativeTime at={token.lastUsedAt} />),
  },
  {
    title: 'State',
    cell: (token) =>
      token.state === 'active' ? (
        <>
          <Badge tone="success">active</Badge>{' '}
          <span className="text-ink-muted">until {token.expiresAt.slice(0, 10)}</span>
        </>
      ) : (
        <Badge>{token.state}</Badge>
      ),
  },
  {
    title: 'Actions',
    isTitleHidden: true,
    className: 'text-right',
    cell: (token) => token.state === 'active' && <TokenActions token={token} />,
  },
];

export function TokenList() {
  const query = useQuery(tokensQuery);
  return (
    <Loaded query={query}>
      {({ rows }) =>
        rows.length === 0 ? (
          <EmptyState title="No API tokens yet">
            Machines use them to push inventory and usage logs, and to ask questions. Make one per pipeline.
          </EmptyState>
        ) : (
          <PlainTable label="API tokens" columns={COLUMNS} rows={rows} rowId={(token) => token.id} />
        )
      }
    </Loaded>
  );
}

function TokenActions({ token }: { token: TokenView }) {
  const [isOpen, setOpen] = useState(false);
  const queries = useQueryClient();
  const refresh = () => void queries.invalidateQueries(tokensQuery);
  const rotated = useConfirmedChange(rotateToken, () => undefined);
  const revoked = useConfirmedChange(revokeToken, () => {
    setOpen(false);
    refresh();
  });
  const close = (open: boolean) => {
    setOpen(open);
    // Only now: the row of a rotated token goes, and with it this dialog and what it shows.
    if (!open) refresh();
  };
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`Rotate or revoke ${token.name}`}>
        Rotate or revoke
      </Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={close}
        title={rotated.change.data ? 'Copy the new token now' : token.name}
        description={
          rotated.change.data
            ? 'The old token has stopped working.'
            : 'Rotating makes a new token with the same rights and stops this one at once. Revoking only stops it.'
        }
      >
        <div className="grid gap-4 pb-3">
          {rotated.change.data ? (
            <ShownOnce
              value={rotated.change.data.token}
              label="Copy the token"
              hint="It is not kept and cannot be shown again."
            />
          ) : (
            <div className="flex gap-2">
              <Button isBusy={rotated.change.isPending} onClick={() => rotated.change.mutate(token.id)}>
                Rotate
              </Button>
              <Button
                tone="danger"
                isBusy={revoked.change.isPending}
                onClick={() => revoked.change.mutate(token.id)}
              >
                Revoke
              </Button>
            </div>
          )}
          <FormProblem text={rotated.problem ?? revoked.problem} />
        </div>
        {rotated.confirmation}
        {revoked.confirmation}
      </Dialog>
    </>
  );
}

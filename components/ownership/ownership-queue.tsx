'use client';

import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { UserRoundCheck } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { kindLabel } from '#components/node/thing-link.tsx';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { ReasonDialog } from '#components/ui/reason-dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { ENVIRONMENTS, SENSITIVITIES } from '#lib/ontology/node-kinds.ts';
import { OWNABLE_KINDS, QUEUE_VIEWS, type OwnedNode } from '#lib/ownership/schema.ts';
import { acceptClaims, OWNERSHIP_KEY, ownershipCoverage, ownershipList } from '#lib/query/ownership.ts';
import { CoverageFigures } from './coverage-figures.tsx';
import { OWNERSHIP_COLUMNS } from './ownership-columns.tsx';
import { VIEW_WORDS } from './words.ts';

const SHAPE: TableShape = {
  defaultSort: '-confidence',
  defaultSize: 25,
  filters: ['kind', 'environment', 'sensitivity'],
};

const FILTERS = [
  {
    name: 'kind',
    label: 'Kind',
    options: OWNABLE_KINDS.map((value) => ({ value, label: kindLabel(value) })),
  },
  {
    name: 'environment',
    label: 'Environment',
    options: ENVIRONMENTS.map((value) => ({ value, label: value })),
  },
  {
    name: 'sensitivity',
    label: 'Sensitivity',
    options: SENSITIVITIES.map((value) => ({ value, label: value.replace('_', ' ') })),
  },
];

/** The queue of what nobody owns, and the other views on ownership. */
export function OwnershipQueue({ mayDecide }: { mayDecide: boolean }) {
  const params = useSearchParams();
  const view = QUEUE_VIEWS.find((name) => name === params.get('view')) ?? 'unowned';
  const address = useTableState(SHAPE);
  const list = useQuery({ ...ownershipList(view, address.query), placeholderData: keepPreviousData });
  const coverage = useQuery(ownershipCoverage());
  const words = VIEW_WORDS[view];
  return (
    <div className="grid gap-6">
      <CoverageFigures coverage={coverage.data} />
      <div className="min-w-0">
        <nav aria-label="Views" className="mb-4 flex flex-wrap gap-1">
          {QUEUE_VIEWS.map((name) => (
            <LinkButton
              key={name}
              href={`/ownership?view=${name}`}
              size="small"
              tone={name === view ? 'secondary' : 'quiet'}
              aria-current={name === view ? 'page' : undefined}
            >
              {VIEW_WORDS[name].label}
            </LinkButton>
          ))}
        </nav>
        <DataTable
          label={`Ownership: ${words.label}`}
          nouns={['thing', 'things']}
          columns={OWNERSHIP_COLUMNS}
          rowId={(row) => String(row.nodeId)}
          address={address}
          list={list}
          rowHref={(row) => `/ownership/${row.nodeId}`}
          filters={FILTERS}
          searchHint="Name or key"
          csvPath={`/api/v1/ownership?view=${view}`}
          {...(mayDecide
            ? {
                bulkActions: (ids: readonly string[], clear: () => void) => (
                  <AcceptSelected rows={list.data?.rows ?? []} ids={ids} onDone={clear} />
                ),
              }
            : {})}
          empty={
            <EmptyState title={words.empty} icon={<UserRoundCheck />}>
              {words.hint}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}

/** Accepts the best suggestion of each selected row, all or none. */
function AcceptSelected({
  rows,
  ids,
  onDone,
}: {
  rows: readonly OwnedNode[];
  ids: readonly string[];
  onDone: () => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const toast = useToast();
  const client = useQueryClient();
  const claims = rows
    .filter((row) => ids.includes(String(row.nodeId)))
    .flatMap((row) => row.claims.find((claim) => claim.state === 'suggested') ?? []);
  const accept = useMutation({
    mutationFn: (reason: string) => acceptClaims({ claimIds: claims.map((claim) => claim.id), reason }),
    onSuccess: async ({ changed }) => {
      setOpen(false);
      onDone();
      toast({ title: `${changed} ${changed === 1 ? 'owner' : 'owners'} accepted`, tone: 'success' });
      await client.invalidateQueries({ queryKey: OWNERSHIP_KEY });
    },
  });
  return (
    <>
      <Button tone="primary" size="small" disabled={claims.length === 0} onClick={() => setOpen(true)}>
        Accept {claims.length} suggested
      </Button>
      <ReasonDialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={`Accept ${claims.length} suggested owners?`}
        description="Each gets the owner with the surest claim, for a year. All are accepted or none."
        confirm="Accept"
        isBusy={accept.isPending}
        problem={accept.error?.message}
        onConfirm={(reason) => accept.mutate(reason)}
      />
    </>
  );
}

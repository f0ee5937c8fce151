'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Fingerprint } from 'lucide-react';
import { useMemo } from 'react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useTableState } from '#components/data-table/use-table-state.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import type { NodeGroupName } from '#lib/inventory/schema.ts';
import { facetList, nodeList } from '#lib/query/inventory.ts';
import { nodeColumns } from './node-columns.tsx';
import { NODE_FILTERS, nodeFilters } from './node-filters.ts';
import { nodeHref } from './words.ts';

const SHAPE: TableShape = { defaultSort: 'name', filters: NODE_FILTERS };

const LABELS = {
  identities: { label: 'Identities', nouns: ['identity', 'identities'] },
  credentials: { label: 'Credentials', nouns: ['credential', 'credentials'] },
  resources: { label: 'Resources', nouns: ['resource', 'resources'] },
  policies: { label: 'Policies', nouns: ['policy', 'policies'] },
  accountable: { label: 'Teams and people', nouns: ['team or person', 'teams and people'] },
} as const satisfies Record<NodeGroupName, { label: string; nouns: readonly [string, string] }>;

/** One tab of the inventory. */
export function NodeTable({ group }: { group: NodeGroupName }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...nodeList(group, address.query), placeholderData: keepPreviousData });
  const facets = useQuery(facetList(group));
  const columns = useMemo(() => nodeColumns(group), [group]);
  const { label, nouns } = LABELS[group];
  return (
    <DataTable
      label={label}
      nouns={nouns}
      columns={columns}
      rowId={(row) => String(row.id)}
      address={address}
      list={list}
      rowHref={(row) => nodeHref(row.key)}
      filters={nodeFilters(group, facets.data)}
      searchHint="Name, key, ARN or SPIFFE id"
      csvPath={`/api/v1/inventory/nodes?group=${group}`}
      empty={
        <EmptyState
          title={`There are no ${nouns[1]} yet`}
          icon={<Fingerprint />}
          action={
            <LinkButton href="/sources" tone="primary">
              Import an inventory
            </LinkButton>
          }
        >
          They come in with an inventory of a cloud account, a cluster, a catalogue or a register.
        </EmptyState>
      }
    />
  );
}

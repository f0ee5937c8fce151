'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Waypoints } from 'lucide-react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { useTableState } from '#components/data-table/use-table-state.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { permissionList, type PermissionEnds } from '#lib/query/inventory.ts';
import { permissionColumns } from './permission-columns.tsx';
import { PERMISSION_FILTERS } from './permission-filters.ts';

const COLUMNS = {
  all: permissionColumns('all'),
  from: permissionColumns('from'),
  to: permissionColumns('to'),
};
const NAMES = PERMISSION_FILTERS.map(({ name }) => name);
const SHAPE: TableShape = { defaultSort: 'from', filters: NAMES };
/** On the card of a node, beside the card's own address. */
const CARD_SHAPE: TableShape = {
  prefix: 'perm.',
  defaultSort: '-lastExercised',
  defaultSize: 25,
  filters: NAMES,
};

/** Permissions, all of them or those that start (also through policies and groups) or end at one node. */
export function PermissionTable({ ends }: { ends?: PermissionEnds }) {
  const address = useTableState(ends === undefined ? SHAPE : CARD_SHAPE);
  const list = useQuery({ ...permissionList(address.query, ends), placeholderData: keepPreviousData });
  const narrowed = new URLSearchParams({ ...ends }).toString();
  return (
    <DataTable
      label="Permissions"
      nouns={['permission', 'permissions']}
      columns={COLUMNS[ends?.from !== undefined ? 'from' : ends === undefined ? 'all' : 'to']}
      rowId={(row) => String(row.id)}
      address={address}
      list={list}
      filters={PERMISSION_FILTERS}
      searchHint="Name or key of either end"
      csvPath={`/api/v1/inventory/permissions${narrowed === '' ? '' : `?${narrowed}`}`}
      empty={
        ends === undefined ? (
          <EmptyState
            title="There are no permissions yet"
            icon={<Waypoints />}
            action={
              <LinkButton href="/sources" tone="primary">
                Import an inventory
              </LinkButton>
            }
          >
            They come in with the policies of a cloud account, the roles of a cluster, or a register of
            grants.
          </EmptyState>
        ) : (
          <EmptyState title="No permission is known">
            No source states one. That says nothing about systems that were not imported.
          </EmptyState>
        )
      }
    />
  );
}

'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ListChecks } from 'lucide-react';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { Badge } from '#components/ui/badge.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { Progress } from '#components/ui/progress.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { CAMPAIGN_STATES, type CampaignRow } from '#lib/campaigns/schema.ts';
import { campaignList } from '#lib/query/campaigns.ts';
import { CAMPAIGN_WORDS } from './words.ts';

const SHAPE: TableShape = { defaultSort: '-createdAt', defaultSize: 25, filters: ['state'] };
const FILTERS = [
  {
    name: 'state',
    label: 'State',
    options: CAMPAIGN_STATES.map((value) => ({ value, label: CAMPAIGN_WORDS[value].label })),
  },
];

const column = columnsOf<CampaignRow>();
const COLUMNS = [
  column.accessor('name', {
    header: 'Campaign',
    enableSorting: false,
    cell: ({ row: { original: campaign } }) => (
      <TextLink href={`/campaigns/${campaign.id}`}>{campaign.name}</TextLink>
    ),
    meta: { width: 'min-w-64' },
  }),
  column.accessor('state', {
    header: 'State',
    enableSorting: false,
    cell: ({ row: { original: campaign } }) => (
      <span className="inline-flex gap-1.5">
        <Badge tone={CAMPAIGN_WORDS[campaign.state].tone}>{CAMPAIGN_WORDS[campaign.state].label}</Badge>
        {campaign.overdue && <Badge tone="danger">Overdue</Badge>}
      </span>
    ),
    meta: { width: 'w-44' },
  }),
  column.display({
    id: 'progress',
    header: 'Decided',
    cell: ({ row: { original: campaign } }) =>
      campaign.items === 0 ? (
        <span className="text-ink-faint">—</span>
      ) : (
        <Progress label="" done={campaign.decided} total={campaign.items} unit="items" />
      ),
    meta: { width: 'min-w-56' },
  }),
  column.accessor('dueAt', {
    header: 'Due',
    enableSorting: false,
    cell: ({ getValue }) => <span className="tabular-nums">{getValue().slice(0, 10)}</span>,
    meta: { width: 'w-28' },
  }),
  column.accessor('createdAt', {
    header: 'Created',
    cell: ({ row: { original: campaign } }) => (
      <span className="tabular-nums">
        {campaign.createdAt.slice(0, 10)} <span className="text-ink-muted">{campaign.createdByName}</span>
      </span>
    ),
    meta: { width: 'w-56' },
  }),
];

export function CampaignList({ mayManage }: { mayManage: boolean }) {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...campaignList(address.query), placeholderData: keepPreviousData });
  const start = (
    <LinkButton href="/campaigns/new" tone="primary">
      Start a campaign
    </LinkButton>
  );
  return (
    <DataTable
      label="Campaigns"
      nouns={['campaign', 'campaigns']}
      columns={COLUMNS}
      rowId={(row) => row.id}
      address={address}
      list={list}
      rowHref={(row) => `/campaigns/${row.id}`}
      filters={FILTERS}
      searchHint="Name"
      empty={
        <EmptyState title="No campaign yet" icon={<ListChecks />} action={mayManage ? start : undefined}>
          A campaign asks the owners whether what they have is still needed, with the evidence beside it.
        </EmptyState>
      }
    />
  );
}

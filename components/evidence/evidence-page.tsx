'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FileCheck2 } from 'lucide-react';
import { CAMPAIGN_WORDS } from '#components/campaigns/words.ts';
import { DataTable } from '#components/data-table/data-table.tsx';
import { columnsOf } from '#components/data-table/table-columns.ts';
import type { TableShape } from '#components/data-table/table-state.ts';
import { useTableState } from '#components/data-table/use-table-state.ts';
import { Badge } from '#components/ui/badge.tsx';
import { buttonStyle } from '#components/ui/button-style.ts';
import { Card } from '#components/ui/card.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { KeyText } from '#components/ui/key-text.tsx';
import { Section } from '#components/ui/section.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import type { CampaignRow } from '#lib/campaigns/schema.ts';
import { campaignList } from '#lib/query/campaigns.ts';
import { bundleAddress, csvAddress, evidenceKey } from '#lib/query/evidence.ts';
import { BundleVerifier } from './bundle-verifier.tsx';

const SHAPE: TableShape = { defaultSort: '-createdAt', defaultSize: 25, filters: ['state'] };
const FILTERS = [
  {
    name: 'state',
    label: 'State',
    options: (['active', 'closed', 'cancelled'] as const).map((value) => ({
      value,
      label: CAMPAIGN_WORDS[value].label,
    })),
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
    meta: { width: 'min-w-56' },
  }),
  column.accessor('state', {
    header: 'State',
    enableSorting: false,
    cell: ({ getValue }) => (
      <Badge tone={CAMPAIGN_WORDS[getValue()].tone}>{CAMPAIGN_WORDS[getValue()].label}</Badge>
    ),
    meta: { width: 'w-32' },
  }),
  column.accessor('closedAt', {
    header: 'Ended',
    enableSorting: false,
    cell: ({ getValue }) => getValue()?.slice(0, 10) ?? <span className="text-ink-faint">provisional</span>,
    meta: { width: 'w-32' },
  }),
  column.accessor('items', { header: 'Items', enableSorting: false, meta: { width: 'w-24', align: 'end' } }),
  column.accessor('createdAt', {
    header: 'Created',
    cell: ({ getValue }) => <span className="tabular-nums">{getValue().slice(0, 10)}</span>,
    meta: { width: 'w-32' },
  }),
  column.display({
    id: 'export',
    header: 'Export',
    cell: ({ row: { original: campaign } }) =>
      campaign.launchedAt === null ? (
        <span className="text-ink-faint">not launched</span>
      ) : (
        <span className="inline-flex gap-2">
          <a className={buttonStyle('secondary', 'small')} href={bundleAddress(campaign.id)} download>
            Signed bundle
          </a>
          <a className={buttonStyle('quiet', 'small')} href={csvAddress(campaign.id)} download>
            CSV
          </a>
        </span>
      ),
    meta: { width: 'w-56' },
  }),
];

/** What an auditor takes away, the key to check it with, and the check itself. */
export function EvidencePage() {
  const address = useTableState(SHAPE);
  const list = useQuery({ ...campaignList(address.query), placeholderData: keepPreviousData });
  return (
    <div className="grid gap-8">
      <Section
        title="Campaigns"
        description="A bundle of an ended campaign is the same byte for byte whenever it is made. Each export is in the audit log."
      >
        <DataTable
          label="Evidence by campaign"
          nouns={['campaign', 'campaigns']}
          columns={COLUMNS}
          rowId={(row) => row.id}
          address={address}
          list={list}
          filters={FILTERS}
          searchHint="Name"
          empty={
            <EmptyState title="No campaign yet" icon={<FileCheck2 />}>
              Evidence comes from campaigns: who attested or revoked what, on which facts.
            </EmptyState>
          }
        />
      </Section>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <BundleVerifier />
        <KeyCard />
      </div>
    </div>
  );
}

function KeyCard() {
  const key = useQuery(evidenceKey());
  return (
    <Card className="min-w-0">
      <h2 className="font-semibold">The key that signs</h2>
      <p className="mt-1 text-ink-muted">
        Note it by another way than the bundle, then check a bundle without this server:
      </p>
      {key.data && (
        <div className="mt-3 grid gap-2">
          <p className="flex items-center gap-2">
            <KeyText value={key.data.publicKey} overflow="wrap" />
            <CopyButton text={key.data.publicKey} label="Copy the public key" />
          </p>
          <KeyText value={`npx bailiwick verify FILE --key ${key.data.publicKey}`} overflow="wrap" />
          <p className="text-sm text-ink-muted">Ed25519, key id {key.data.keyId}.</p>
        </div>
      )}
      <p className="mt-3 text-sm">
        <TextLink href="/evidence/audit">Open the audit log</TextLink>
      </p>
    </Card>
  );
}

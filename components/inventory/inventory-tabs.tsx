'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { Tabs } from '#components/ui/tabs.tsx';
import { NodeTable } from './node-table.tsx';
import { PermissionTable } from './permission-table.tsx';

const TABS = [
  { value: 'identities', label: 'Identities' },
  { value: 'credentials', label: 'Credentials' },
  { value: 'permissions', label: 'Permissions' },
  { value: 'resources', label: 'Resources' },
  { value: 'policies', label: 'Policies' },
  { value: 'accountable', label: 'Teams and people' },
] as const;
type TabName = (typeof TABS)[number]['value'];

/** The inventory by what its things are; each tab is an address of its own, with its own filters. */
export function InventoryTabs() {
  const params = useSearchParams();
  const router = useRouter();
  const open: TabName = TABS.find(({ value }) => value === params.get('tab'))?.value ?? 'identities';
  return (
    <Tabs
      label="Inventory"
      value={open}
      onChange={(tab) => router.push(`/inventory?tab=${tab}`, { scroll: false })}
      tabs={TABS.map(({ value, label }) => ({
        value,
        label,
        content: value === 'permissions' ? <PermissionTable /> : <NodeTable key={value} group={value} />,
      }))}
    />
  );
}

import type { Metadata } from 'next';
import { InventoryTabs } from '#components/inventory/inventory-tabs.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Inventory' };

export default page({ permission: 'inventory.read' }, () => (
  <PageBody>
    <PageHeader
      title="Inventory"
      description="Every identity, credential, permission and resource that the sources know, who owns it and whether it is used."
    />
    <InventoryTabs />
  </PageBody>
));

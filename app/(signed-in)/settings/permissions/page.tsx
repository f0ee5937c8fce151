import type { Metadata } from 'next';
import { PermissionTable } from '#components/settings/permission-table.tsx';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Permissions' };

export default page({ permission: 'settings.read' }, ({ actor }) => {
  return (
    <PageBody>
      <PageHeader title="Settings" description="Who may do what: the table that the server decides by." />
      <SettingsNav permissions={[...actor.permissions]} />
      <PermissionTable />
    </PageBody>
  );
});

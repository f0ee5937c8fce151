import type { Metadata } from 'next';
import { Installation } from '#components/settings/installation.tsx';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Settings' };

export default page({ permission: 'settings.read' }, ({ actor }) => {
  return (
    <PageBody>
      <PageHeader title="Settings" description="How people sign in, and how this installation runs." />
      <SettingsNav permissions={[...actor.permissions]} />
      <Installation mayManage={may(actor, 'settings.manage')} />
    </PageBody>
  );
});

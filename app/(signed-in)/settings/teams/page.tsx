import type { Metadata } from 'next';
import { TeamList } from '#components/settings/team-list.tsx';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Teams' };

export default page({ permission: 'user.read' }, ({ actor }) => {
  return (
    <PageBody>
      <PageHeader title="Settings" description="Which people answer for what a team owns." />
      <SettingsNav permissions={[...actor.permissions]} />
      <TeamList mayManage={may(actor, 'user.manage')} />
    </PageBody>
  );
});

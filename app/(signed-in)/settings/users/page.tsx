import type { Metadata } from 'next';
import { InviteDialog } from '#components/settings/invite-dialog.tsx';
import { UsersTable } from '#components/settings/users-table.tsx';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Users' };

export default page({ permission: 'user.read' }, ({ actor }) => {
  return (
    <PageBody>
      <PageHeader
        title="Settings"
        description="Who can sign in, and as what."
        actions={may(actor, 'user.manage') && <InviteDialog />}
      />
      <SettingsNav permissions={[...actor.permissions]} />
      <UsersTable selfId={actor.id} mayManage={may(actor, 'user.manage')} />
    </PageBody>
  );
});

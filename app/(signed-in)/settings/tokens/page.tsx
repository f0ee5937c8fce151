import type { Metadata } from 'next';
import { TokenForm } from '#components/settings/token-form.tsx';
import { TokenList } from '#components/settings/token-list.tsx';
import { SettingsNav } from '#components/settings/settings-nav.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';

import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'API tokens' };

export default page({ permission: 'token.manage' }, ({ actor }) => {
  return (
    <PageBody>
      <PageHeader title="Settings" description="What machines may push and ask." actions={<TokenForm />} />
      <SettingsNav permissions={[...actor.permissions]} />
      <TokenList />
    </PageBody>
  );
});

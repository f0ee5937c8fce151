import type { Metadata } from 'next';
import { AccountPage } from '#components/account/account-page.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Your account' };

export default page({ permission: 'account.own' }, () => (
  <PageBody>
    <PageHeader
      title="Your account"
      description="Who you are here, your password, and where you are signed in."
    />
    <AccountPage />
  </PageBody>
));

import type { Metadata } from 'next';
import { Webhooks } from '#components/revocations/webhooks.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Receivers of orders' };

const TRAIL = [{ label: 'Revocations', href: '/revocations' }];

export default page({ permission: 'settings.manage' }, () => (
  <PageBody>
    <PageHeader
      breadcrumb={<Breadcrumb trail={TRAIL} />}
      title="Receivers of orders"
      description="Where signed revocation orders are sent. A receiver removes the thing; the next import proves it."
    />
    <Webhooks />
  </PageBody>
));

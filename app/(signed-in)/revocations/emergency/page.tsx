import type { Metadata } from 'next';
import { RequestRevocation } from '#components/revocations/request-revocation.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'A credential leaked' };

const TRAIL = [{ label: 'Revocations', href: '/revocations' }];

export default page({ permission: 'revocation.request' }, () => (
  <PageBody>
    <PageHeader
      breadcrumb={<Breadcrumb trail={TRAIL} />}
      title="A credential leaked"
      description="Find it, see what it reaches and who uses it, and revoke it. Two people are needed, also now."
    />
    <RequestRevocation isEmergency />
  </PageBody>
));

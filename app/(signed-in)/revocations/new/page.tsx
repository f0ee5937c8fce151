import type { Metadata } from 'next';
import { RequestRevocation } from '#components/revocations/request-revocation.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Ask for a revocation' };

const TRAIL = [{ label: 'Revocations', href: '/revocations' }];

export default page({ permission: 'revocation.request' }, () => (
  <PageBody>
    <PageHeader
      breadcrumb={<Breadcrumb trail={TRAIL} />}
      title="Ask for a revocation"
      description="See who would break before anything is removed."
    />
    <RequestRevocation isEmergency={false} />
  </PageBody>
));

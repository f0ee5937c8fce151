import type { Metadata } from 'next';
import { RevocationDetail } from '#components/revocations/revocation-detail.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Revocation' };

export default page({ permission: 'revocation.read' }, ({ params }) => (
  <PageBody>
    <RevocationDetail id={params['id'] ?? ''} />
  </PageBody>
));

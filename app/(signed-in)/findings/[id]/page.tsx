import type { Metadata } from 'next';
import { FindingDetailView } from '#components/findings/finding-detail.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Finding' };

export default page({ permission: 'finding.read' }, ({ actor, params }) => (
  <PageBody>
    <FindingDetailView
      id={params['id'] ?? ''}
      mayDecide={actor.permissions.has('finding.decide')}
      mayRevoke={actor.permissions.has('revocation.request')}
    />
  </PageBody>
));

import type { Metadata } from 'next';
import { OwnershipDetail } from '#components/ownership/ownership-detail.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Owner' };

export default page({ permission: 'ownership.read' }, ({ actor, params }) => (
  <PageBody>
    <OwnershipDetail
      nodeId={params['id'] ?? ''}
      mayDecide={may(actor, 'ownership.decide')}
      isSecurity={actor.scope.kind === 'all'}
    />
  </PageBody>
));

import type { Metadata } from 'next';
import { OwnershipQueue } from '#components/ownership/ownership-queue.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Ownership' };

export default page({ permission: 'ownership.read' }, ({ actor }) => (
  <PageBody>
    <PageHeader
      title="Ownership"
      description="One accountable owner for every identity and credential, with the evidence for it."
    />
    <OwnershipQueue mayDecide={may(actor, 'ownership.decide')} />
  </PageBody>
));

import type { Metadata } from 'next';
import { Overview } from '#components/overview/overview.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Overview' };

export default page({ permission: 'inventory.read' }, ({ actor }) => (
  <PageBody>
    <PageHeader
      title="Overview"
      description="How much there is, who answers for it, what is used, and what wants attention first."
    />
    <Overview mayImport={actor.permissions.has('source.manage')} />
  </PageBody>
));

import type { Metadata } from 'next';
import { PageBody } from '#components/shell/page-body.tsx';
import { SourcePage } from '#components/sources/source-page.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Source' };

export default page({ permission: 'source.read' }, ({ actor, params }) => (
  <PageBody>
    <SourcePage id={params['sourceId'] ?? ''} canManage={may(actor, 'source.manage')} />
  </PageBody>
));

import type { Metadata } from 'next';
import { PageBody } from '#components/shell/page-body.tsx';
import { RunPage } from '#components/sources/run-page.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Import' };

export default page({ permission: 'source.read' }, ({ actor, params }) => (
  <PageBody>
    <RunPage run={params['run'] ?? ''} canManage={may(actor, 'source.manage')} />
  </PageBody>
));

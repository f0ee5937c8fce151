import type { Metadata } from 'next';
import { PageBody } from '#components/shell/page-body.tsx';
import { ImportPage } from '#components/sources/import-page.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { CONNECTORS } from '#lib/connectors/registry.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Import' };

export default page({ permission: 'source.manage' }, ({ searchParams }) => {
  const { source } = searchParams;
  return (
    <PageBody>
      <PageHeader
        title="Import"
        description="Inventory says what may be done, logs what was done. Nothing takes effect before all of it is read and checked."
        breadcrumb={<Breadcrumb trail={[{ label: 'Sources', href: '/sources' }]} />}
      />
      <ImportPage
        formats={CONNECTORS.map(({ name, title }) => ({ name, title }))}
        source={typeof source === 'string' ? source : ''}
      />
    </PageBody>
  );
});

import type { Metadata } from 'next';
import { PageBody } from '#components/shell/page-body.tsx';
import { SourceTable } from '#components/sources/source-table.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Sources' };

export default page({ permission: 'source.read' }, ({ actor }) => {
  const canImport = may(actor, 'source.manage');
  return (
    <PageBody>
      <PageHeader
        title="Sources"
        description="Where everything that Bailiwick knows comes from, how fresh it is, and what could not be read."
        actions={
          canImport && (
            <LinkButton href="/sources/import" tone="primary">
              Import files
            </LinkButton>
          )
        }
      />
      <SourceTable canImport={canImport} />
    </PageBody>
  );
});

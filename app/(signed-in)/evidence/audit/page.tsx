import type { Metadata } from 'next';
import { AuditTable } from '#components/audit/audit-table.tsx';
import { ChainStatus } from '#components/audit/chain-status.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Audit log' };

export default page({ permission: 'audit.read' }, ({ actor }) => (
  <PageBody>
    <PageHeader
      title="Audit log"
      description="Who did what, when, why and from where. Rows are only ever added, and each one seals those before it."
    />
    <ChainStatus maySign={may(actor, 'settings.manage')} />
    <AuditTable />
  </PageBody>
));

import type { Metadata } from 'next';
import { EvidencePage } from '#components/evidence/evidence-page.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Evidence' };

export default page({ permission: 'evidence.read' }, () => (
  <PageBody>
    <PageHeader
      title="Evidence"
      description="Signed exports that can be checked without trusting this server."
      actions={<LinkButton href="/evidence/audit">Audit log</LinkButton>}
    />
    <EvidencePage />
  </PageBody>
));

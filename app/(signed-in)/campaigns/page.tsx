import type { Metadata } from 'next';
import { CampaignList } from '#components/campaigns/campaign-list.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { LinkButton } from '#components/ui/link-button.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Campaigns' };

export default page({ permission: 'campaign.read' }, ({ actor }) => {
  const mayManage = may(actor, 'campaign.manage');
  return (
    <PageBody>
      <PageHeader
        title="Campaigns"
        description="Bounded rounds of attestation: the owners say what is still needed, with the evidence before them."
        actions={
          mayManage && (
            <LinkButton href="/campaigns/new" tone="primary">
              Start a campaign
            </LinkButton>
          )
        }
      />
      <CampaignList mayManage={mayManage} />
    </PageBody>
  );
});

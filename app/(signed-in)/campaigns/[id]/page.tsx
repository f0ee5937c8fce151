import type { Metadata } from 'next';
import { CampaignDetail } from '#components/campaigns/campaign-detail.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { may } from '#lib/authz/actor.ts';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Campaign' };

export default page({ permission: 'campaign.read' }, ({ actor, params }) => (
  <PageBody>
    <CampaignDetail
      id={params['id'] ?? ''}
      mayManage={may(actor, 'campaign.manage')}
      mayDecide={may(actor, 'review.decide')}
      mayExport={may(actor, 'evidence.read')}
    />
  </PageBody>
));

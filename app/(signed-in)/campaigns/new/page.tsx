import type { Metadata } from 'next';
import { NewCampaign } from '#components/campaigns/new-campaign.tsx';
import { PageBody } from '#components/shell/page-body.tsx';
import { Breadcrumb } from '#components/ui/breadcrumb.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { page } from '#lib/http/page.ts';

export const metadata: Metadata = { title: 'Start a campaign' };

const TRAIL = [{ label: 'Campaigns', href: '/campaigns' }];
const DUE_DAYS = 14;
const DAY_MS = 86_400_000;

export default page({ permission: 'campaign.manage' }, () => (
  <PageBody>
    <PageHeader
      breadcrumb={<Breadcrumb trail={TRAIL} />}
      title="Start a campaign"
      description="Choose what is asked. The count on the right is what the owners would get."
    />
    <NewCampaign firstDue={new Date(Date.now() + DUE_DAYS * DAY_MS).toISOString().slice(0, 10)} />
  </PageBody>
));

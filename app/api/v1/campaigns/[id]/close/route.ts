import { closeCampaign } from '#lib/campaigns/manage-campaign.ts';
import { getCampaign } from '#lib/campaigns/read-campaigns.ts';
import { campaignDetailSchema, campaignIdSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'campaign.manage',
  params: campaignIdSchema,
  output: campaignDetailSchema,
  handle: async ({ actor, params }) => {
    await closeCampaign(actor, params.id);
    return getCampaign(actor, params.id);
  },
});

import { cancelCampaign } from '#lib/campaigns/manage-campaign.ts';
import { getCampaign } from '#lib/campaigns/read-campaigns.ts';
import { campaignDetailSchema, campaignIdSchema, cancelCampaignSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'campaign.manage',
  params: campaignIdSchema,
  body: cancelCampaignSchema,
  output: campaignDetailSchema,
  handle: async ({ actor, params, body }) => {
    await cancelCampaign(actor, params.id, body.reason);
    return getCampaign(actor, params.id);
  },
});

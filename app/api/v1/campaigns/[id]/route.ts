import { getCampaign } from '#lib/campaigns/read-campaigns.ts';
import { campaignDetailSchema, campaignIdSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'campaign.read',
  params: campaignIdSchema,
  output: campaignDetailSchema,
  handle: ({ actor, params }) => getCampaign(actor, params.id),
});

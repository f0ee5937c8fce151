import { previewCampaign } from '#lib/campaigns/manage-campaign.ts';
import { campaignFilterSchema, previewSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'campaign.manage',
  body: campaignFilterSchema,
  output: previewSchema,
  handle: ({ actor, body }) => previewCampaign(actor, body),
});

import { launchCampaign } from '#lib/campaigns/launch-campaign.ts';
import { liveReach } from '#lib/campaigns/live-reach.ts';
import { campaignIdSchema, launchedSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'campaign.manage',
  params: campaignIdSchema,
  output: launchedSchema,
  handle: ({ actor, params }) => launchCampaign(actor, params.id, liveReach),
});

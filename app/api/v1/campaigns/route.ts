import { createCampaign } from '#lib/campaigns/manage-campaign.ts';
import { listCampaigns } from '#lib/campaigns/read-campaigns.ts';
import {
  CAMPAIGN_STATES,
  campaignListSchema,
  createCampaignSchema,
  createdCampaignSchema,
} from '#lib/campaigns/schema.ts';
import { filterOf, listQuery } from '#lib/core/list-query.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'campaign.read',
  query: listQuery({
    sorts: ['createdAt'],
    isDescendingAtFirst: true,
    filters: { state: filterOf(CAMPAIGN_STATES) },
  }),
  output: campaignListSchema,
  handle: ({ actor, query }) => listCampaigns(actor, { ...query, states: query.state }),
});

export const POST = route({
  permission: 'campaign.manage',
  body: createCampaignSchema,
  output: createdCampaignSchema,
  status: 201,
  handle: ({ actor, body }) => createCampaign(actor, body),
});

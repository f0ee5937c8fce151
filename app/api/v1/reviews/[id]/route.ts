import { liveReach } from '#lib/campaigns/live-reach.ts';
import { getReview } from '#lib/campaigns/read-reviews.ts';
import { itemIdSchema, reviewDetailSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'review.read',
  params: itemIdSchema,
  output: reviewDetailSchema,
  handle: ({ actor, params }) => getReview(actor, params.id, liveReach),
});

import { decideItem } from '#lib/campaigns/decide-item.ts';
import { decidedSchema, decisionSchema, itemIdSchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'review.decide',
  params: itemIdSchema,
  body: decisionSchema,
  output: decidedSchema,
  handle: ({ actor, params, body }) => decideItem(actor, params.id, body),
});

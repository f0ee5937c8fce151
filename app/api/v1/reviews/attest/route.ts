import { attestMany } from '#lib/campaigns/decide-item.ts';
import { attestedManySchema, attestManySchema } from '#lib/campaigns/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'review.decide',
  body: attestManySchema,
  output: attestedManySchema,
  handle: ({ actor, body }) => attestMany(actor, body),
});

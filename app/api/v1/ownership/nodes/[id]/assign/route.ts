import { route } from '#lib/http/route.ts';
import { assignOwner } from '#lib/ownership/change-owner.ts';
import { assignSchema, changedSchema, nodeParamSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  params: nodeParamSchema,
  body: assignSchema,
  output: changedSchema,
  handle: async ({ actor, params, body }) => {
    await assignOwner(actor, params.id, body);
    return { changed: 1 };
  },
});

import { route } from '#lib/http/route.ts';
import { disputeOwnership } from '#lib/ownership/change-owner.ts';
import { changedSchema, disputeSchema, nodeParamSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  params: nodeParamSchema,
  body: disputeSchema,
  output: changedSchema,
  handle: async ({ actor, params, body }) => {
    await disputeOwnership(actor, params.id, body.reason);
    return { changed: 1 };
  },
});

import { route } from '#lib/http/route.ts';
import { rejectClaim } from '#lib/ownership/decide-claim.ts';
import { changedSchema, claimIdSchema, rejectClaimSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  params: claimIdSchema,
  body: rejectClaimSchema,
  output: changedSchema,
  handle: async ({ actor, params, body }) => {
    await rejectClaim(actor, params.id, body.reason);
    return { changed: 1 };
  },
});

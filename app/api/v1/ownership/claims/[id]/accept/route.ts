import { route } from '#lib/http/route.ts';
import { acceptClaim } from '#lib/ownership/decide-claim.ts';
import { acceptClaimSchema, changedSchema, claimIdSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  params: claimIdSchema,
  body: acceptClaimSchema,
  output: changedSchema,
  handle: async ({ actor, params, body }) => {
    await acceptClaim(actor, params.id, body);
    return { changed: 1 };
  },
});

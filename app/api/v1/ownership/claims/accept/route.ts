import { route } from '#lib/http/route.ts';
import { acceptClaims } from '#lib/ownership/decide-claim.ts';
import { bulkAcceptSchema, changedSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  body: bulkAcceptSchema,
  output: changedSchema,
  handle: async ({ actor, body }) => {
    const { accepted } = await acceptClaims(actor, body.claimIds, body.reason);
    return { changed: accepted };
  },
});

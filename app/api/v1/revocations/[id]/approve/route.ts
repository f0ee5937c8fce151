import { route } from '#lib/http/route.ts';
import { approveRevocation } from '#lib/revocation/decide-revocation.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { approveSchema, revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';

export const POST = route({
  permission: 'revocation.approve',
  params: revocationIdSchema,
  body: approveSchema,
  output: revocationDetailSchema,
  handle: async ({ actor, params, body }) => {
    await approveRevocation(actor, params.id, body);
    return getRevocation(actor, params.id);
  },
});

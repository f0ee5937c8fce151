import { route } from '#lib/http/route.ts';
import { rehearseRevocation } from '#lib/revocation/decide-revocation.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { stepSchema, revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';

export const POST = route({
  permission: 'revocation.request',
  params: revocationIdSchema,
  body: stepSchema,
  output: revocationDetailSchema,
  handle: async ({ actor, params, body }) => {
    await rehearseRevocation(actor, params.id, body.version);
    return getRevocation(actor, params.id);
  },
});

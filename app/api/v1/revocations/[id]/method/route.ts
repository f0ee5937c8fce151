import { route } from '#lib/http/route.ts';
import { chooseMethod } from '#lib/revocation/decide-revocation.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { chooseMethodSchema, revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';

export const POST = route({
  permission: 'revocation.request',
  params: revocationIdSchema,
  body: chooseMethodSchema,
  output: revocationDetailSchema,
  handle: async ({ actor, params, body }) => {
    await chooseMethod(actor, params.id, body);
    return getRevocation(actor, params.id);
  },
});

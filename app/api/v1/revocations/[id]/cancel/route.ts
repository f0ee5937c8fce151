import { route } from '#lib/http/route.ts';
import { cancelRevocation } from '#lib/revocation/decide-revocation.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { reasonedStepSchema, revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';

export const POST = route({
  permission: 'revocation.request',
  params: revocationIdSchema,
  body: reasonedStepSchema,
  output: revocationDetailSchema,
  handle: async ({ actor, params, body }) => {
    await cancelRevocation(actor, params.id, body.version, body.reason);
    return getRevocation(actor, params.id);
  },
});

import { route } from '#lib/http/route.ts';
import { deliverRevocation } from '#lib/revocation/deliver-revocation.ts';
import { executeRevocation } from '#lib/revocation/execute-revocation.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { executeSchema, revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';
import { sendGuarded } from '#lib/revocation/send-guarded.ts';

export const POST = route({
  permission: 'revocation.execute',
  params: revocationIdSchema,
  body: executeSchema,
  output: revocationDetailSchema,
  handle: async ({ actor, params, body }) => {
    const { deliver } = await executeRevocation(actor, params.id, body);
    // The first attempt at once, so that the person sees its outcome; the worker makes the others.
    if (deliver) await deliverRevocation(params.id, sendGuarded);
    return getRevocation(actor, params.id);
  },
});

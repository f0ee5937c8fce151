import { route } from '#lib/http/route.ts';
import { getRevocation } from '#lib/revocation/read-revocations.ts';
import { revocationDetailSchema, revocationIdSchema } from '#lib/revocation/schema.ts';

export const GET = route({
  permission: 'revocation.read',
  params: revocationIdSchema,
  output: revocationDetailSchema,
  handle: ({ actor, params }) => getRevocation(actor, params.id),
});

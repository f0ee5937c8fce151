import { route } from '#lib/http/route.ts';
import { getOwnership } from '#lib/ownership/read-ownership.ts';
import { nodeParamSchema, ownershipDetailSchema } from '#lib/ownership/schema.ts';

export const GET = route({
  permission: 'ownership.read',
  params: nodeParamSchema,
  output: ownershipDetailSchema,
  handle: ({ actor, params }) => getOwnership(actor, params.id),
});

import { route } from '#lib/http/route.ts';
import { handOverOwnership } from '#lib/ownership/change-owner.ts';
import { handedOverSchema, handOverSchema, nodeParamSchema } from '#lib/ownership/schema.ts';

export const POST = route({
  permission: 'ownership.decide',
  params: nodeParamSchema,
  body: handOverSchema,
  output: handedOverSchema,
  handle: ({ actor, params, body }) => handOverOwnership(actor, params.id, body),
});

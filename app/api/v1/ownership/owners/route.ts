import { route } from '#lib/http/route.ts';
import { searchOwners } from '#lib/ownership/read-ownership.ts';
import { ownerListSchema, ownerSearchSchema } from '#lib/ownership/schema.ts';

export const GET = route({
  permission: 'ownership.read',
  query: ownerSearchSchema,
  output: ownerListSchema,
  handle: ({ actor, query }) => searchOwners(actor, query),
});

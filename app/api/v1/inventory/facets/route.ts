import { route } from '#lib/http/route.ts';
import { listFacets } from '#lib/inventory/list-facets.ts';
import { facetsQuery, facetsView } from '#lib/inventory/schema.ts';

export const GET = route({
  permission: 'inventory.read',
  query: facetsQuery,
  output: facetsView,
  handle: ({ actor, query }) => listFacets(actor, query.group),
});

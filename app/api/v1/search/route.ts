import { searchNodes } from '#lib/exposure/search-nodes.ts';
import { searchQuery, searchView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: searchQuery,
  output: searchView,
  handle: async ({ actor, query }) => ({ results: await searchNodes(actor, query.q, query.limit) }),
});

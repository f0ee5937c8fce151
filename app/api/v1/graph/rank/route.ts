import { rankQuery, rankView } from '#lib/exposure/estate-schema.ts';
import { rankIdentities } from '#lib/exposure/rank-identities.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: rankQuery,
  output: rankView,
  handle: ({ actor, query, request }) => rankIdentities(actor, query, request.signal),
});

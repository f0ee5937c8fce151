import { listNeighbours } from '#lib/exposure/list-neighbours.ts';
import { neighbourQuery, neighbourView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: neighbourQuery,
  output: neighbourView,
  handle: ({ actor, query }) => listNeighbours(actor, query),
});

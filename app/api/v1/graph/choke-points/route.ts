import { listChokePoints } from '#lib/exposure/list-choke-points.ts';
import { chokeQuery, chokeView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: chokeQuery,
  output: chokeView,
  handle: ({ actor, query }) => listChokePoints(actor, query),
});

import { listWidest } from '#lib/exposure/list-widest.ts';
import { widestQuery, widestView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: widestQuery,
  output: widestView,
  handle: ({ actor, query }) => listWidest(actor, query),
});

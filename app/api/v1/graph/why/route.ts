import { explainReach } from '#lib/exposure/explain-path.ts';
import { whyQuery, pathView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: whyQuery,
  output: pathView,
  handle: ({ actor, query }) => explainReach(actor, query),
});

import { explainPath } from '#lib/exposure/explain-path.ts';
import { pathQuery, pathView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: pathQuery,
  output: pathView,
  handle: ({ actor, query }) => explainPath(actor, query),
});

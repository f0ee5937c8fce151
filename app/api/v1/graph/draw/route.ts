import { drawBlastRadius } from '#lib/exposure/blast-radius.ts';
import { drawQuery, drawView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: drawQuery,
  output: drawView,
  handle: ({ actor, query }) => drawBlastRadius(actor, query),
});

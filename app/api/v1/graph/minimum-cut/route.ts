import { minimumCutQuery, minimumCutView } from '#lib/exposure/cut-schema.ts';
import { protectTargets } from '#lib/exposure/protect-targets.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: minimumCutQuery,
  output: minimumCutView,
  handle: ({ actor, query, request }) => protectTargets(actor, query, request.signal),
});

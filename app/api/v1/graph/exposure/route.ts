import { exposureQuery, exposureView } from '#lib/exposure/estate-schema.ts';
import { listExposure } from '#lib/exposure/rank-identities.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: exposureQuery,
  output: exposureView,
  handle: ({ actor, query, request }) => listExposure(actor, query, request.signal),
});

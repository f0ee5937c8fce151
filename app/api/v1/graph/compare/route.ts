import { compareQuery, compareView } from '#lib/exposure/estate-schema.ts';
import { compareDates } from '#lib/exposure/compare-dates.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: compareQuery,
  output: compareView,
  handle: ({ actor, query, request }) => compareDates(actor, query, request.signal),
});

import { cutPlanQuery, cutPlanView } from '#lib/exposure/cut-schema.ts';
import { planRevocations } from '#lib/exposure/plan-revocations.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: cutPlanQuery,
  output: cutPlanView,
  handle: ({ actor, query, request }) => planRevocations(actor, query, request.signal),
});

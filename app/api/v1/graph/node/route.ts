import { describeNode } from '#lib/exposure/describe-node.ts';
import { nodeQuery, nodeFactsView } from '#lib/exposure/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'graph.read',
  query: nodeQuery,
  output: nodeFactsView,
  handle: ({ actor, query }) => describeNode(actor, query),
});

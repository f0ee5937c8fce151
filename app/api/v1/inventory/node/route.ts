import { route } from '#lib/http/route.ts';
import { nodeCard, nodeQuery } from '#lib/inventory/card-schema.ts';
import { describeNode } from '#lib/inventory/describe-node.ts';

export const GET = route({
  permission: 'inventory.read',
  query: nodeQuery,
  output: nodeCard,
  handle: ({ actor, query }) => describeNode(actor, query.key),
});

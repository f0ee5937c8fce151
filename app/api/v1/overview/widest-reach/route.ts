import { route } from '#lib/http/route.ts';
import { widestView } from '#lib/overview/schema.ts';
import { getWidestReach } from '#lib/overview/widest-reach.ts';

export const GET = route({
  permission: 'inventory.read',
  output: widestView,
  handle: ({ actor }) => getWidestReach(actor),
});

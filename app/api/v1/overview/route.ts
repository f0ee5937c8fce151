import { route } from '#lib/http/route.ts';
import { overviewView } from '#lib/overview/schema.ts';
import { getOverview } from '#lib/overview/summarise-inventory.ts';

export const GET = route({
  permission: 'inventory.read',
  output: overviewView,
  handle: ({ actor }) => getOverview(actor),
});

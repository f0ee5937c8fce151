import { campaignIdSchema } from '#lib/campaigns/schema.ts';
import { exportBundle } from '#lib/evidence/export-campaign.ts';
import { exportQuerySchema } from '#lib/evidence/schema.ts';
import { download } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'evidence.read',
  params: campaignIdSchema,
  query: exportQuerySchema,
  output: 'response',
  handle: async ({ actor, params, query }) => {
    const asOf = query.asOf === undefined ? undefined : new Date(query.asOf);
    const file = await exportBundle(actor, params.id, { asOf });
    return download(Uint8Array.from(file.bytes), file.name, file.type);
  },
});

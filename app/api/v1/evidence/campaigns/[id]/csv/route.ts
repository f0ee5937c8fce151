import { campaignIdSchema } from '#lib/campaigns/schema.ts';
import { exportCsv } from '#lib/evidence/export-campaign.ts';
import { download } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'evidence.read',
  params: campaignIdSchema,
  output: 'response',
  handle: async ({ actor, params }) => {
    const file = await exportCsv(actor, params.id);
    return download(Uint8Array.from(file.bytes), file.name, file.type);
  },
});

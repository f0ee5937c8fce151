import { liveReach } from '#lib/campaigns/live-reach.ts';
import { route } from '#lib/http/route.ts';
import { previewRevocation } from '#lib/revocation/preview-revocation.ts';
import { previewQuerySchema, revocationPreviewSchema } from '#lib/revocation/schema.ts';

export const GET = route({
  permission: 'revocation.request',
  query: previewQuerySchema,
  output: revocationPreviewSchema,
  handle: ({ actor, query }) =>
    previewRevocation(actor, { key: query.key, edgeId: query.edge ?? null }, liveReach),
});

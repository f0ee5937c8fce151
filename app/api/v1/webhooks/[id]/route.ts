import { route } from '#lib/http/route.ts';
import { listWebhooks, removeWebhook } from '#lib/revocation/manage-webhooks.ts';
import { webhookIdSchema, webhookListSchema } from '#lib/revocation/schema.ts';

export const DELETE = route({
  permission: 'settings.manage',
  params: webhookIdSchema,
  output: webhookListSchema,
  handle: async ({ actor, params }) => {
    await removeWebhook(actor, params.id);
    return listWebhooks(actor);
  },
});

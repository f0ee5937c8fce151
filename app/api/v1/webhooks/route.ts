import { route } from '#lib/http/route.ts';
import { addWebhook, listWebhooks } from '#lib/revocation/manage-webhooks.ts';
import { addedWebhookSchema, addWebhookSchema, webhookListSchema } from '#lib/revocation/schema.ts';

export const GET = route({
  permission: 'revocation.read',
  output: webhookListSchema,
  handle: ({ actor }) => listWebhooks(actor),
});

export const POST = route({
  permission: 'settings.manage',
  body: addWebhookSchema,
  output: addedWebhookSchema,
  status: 201,
  handle: ({ actor, body }) => addWebhook(actor, body),
});

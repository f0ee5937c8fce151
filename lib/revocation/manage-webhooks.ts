import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { record } from '#lib/audit/record.ts';
import { seal } from '#lib/auth/instance-keys.ts';
import { assertMay, may, type Actor } from '#lib/authz/actor.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import type { addWebhookSchema, addedWebhookSchema, webhookListSchema } from './schema.ts';
import { SECRET_PURPOSE } from './webhook-store.ts';

const SECRET_BYTES = 32;

/** Adds a receiver of revocation orders and gives its signing secret, this once; it is stored sealed. */
export async function addWebhook(
  actor: Actor,
  input: z.output<typeof addWebhookSchema>,
): Promise<z.input<typeof addedWebhookSchema>> {
  assertMay(actor, 'settings.manage');
  const url = new URL(input.url);
  if (url.username !== '' || url.password !== '') {
    throw new AppError('invalid_input', 'Leave the user name and password out: orders are signed instead.');
  }
  return inTransaction(async (tx) => {
    const id = newId('whk');
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const { createdAt } = await tx.webhook.create({
      data: {
        id,
        name: input.name,
        url: url.href,
        secret: Uint8Array.from(seal(secret, SECRET_PURPOSE)),
        createdBy: actor.id,
      },
    });
    const after = { name: input.name, url: url.href };
    await record(tx, actor, { action: 'webhook.add', subject: `webhook:${id}`, after });
    return { id, ...after, createdAt: createdAt.toISOString(), secret };
  });
}

/** Takes a receiver out of use. Orders that are on their way to it fail. */
export async function removeWebhook(actor: Actor, id: string): Promise<void> {
  assertMay(actor, 'settings.manage');
  return inTransaction(async (tx) => {
    const row = await tx.webhook.findFirst({ where: { id, removedAt: null } });
    if (row === null) throw notFound('webhook');
    const name = `${row.name} (removed ${id.slice(-6)})`;
    await tx.webhook.update({ where: { id }, data: { removedAt: new Date(), name } });
    await record(tx, actor, {
      action: 'webhook.remove',
      subject: `webhook:${id}`,
      before: { name: row.name },
    });
  });
}

/** The receivers in use; those who may not read settings see their names, to choose one, and no addresses. */
export async function listWebhooks(actor: Actor): Promise<z.input<typeof webhookListSchema>> {
  assertMay(actor, 'revocation.read');
  const rows = await db().webhook.findMany({ where: { removedAt: null }, orderBy: { name: 'asc' } });
  const showUrl = may(actor, 'settings.read');
  return {
    rows: rows.map((row) => ({
      id: row.id,
      name: row.name,
      url: showUrl ? row.url : '',
      createdAt: row.createdAt.toISOString(),
    })),
  };
}

import { AppError } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/client.ts';
import type { RevocationMethod } from '#lib/db/generated/enums.ts';

/** What the signing secret is sealed for, see lib/auth/instance-keys.ts. */
export const SECRET_PURPOSE = 'webhook';

/** A webhook order needs a webhook that still stands; work by hand takes none. */
export async function assertWebhook(
  tx: Tx,
  method: RevocationMethod,
  webhookId: string | null,
): Promise<void> {
  if (method === 'manual') {
    if (webhookId === null) return;
    throw new AppError('invalid_input', 'A revocation by hand takes no webhook.');
  }
  const webhook = webhookId === null ? null : await tx.webhook.findUnique({ where: { id: webhookId } });
  if (webhook?.removedAt !== null) {
    throw new AppError('invalid_input', 'Choose a webhook that exists: this one does not, or was removed.');
  }
}

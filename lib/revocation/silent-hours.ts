import { z } from 'zod';
import type { Tx } from '#lib/db/client.ts';

const settingSchema = z.object({ silentHours: z.number().int().min(1).max(720) });
const SILENT_HOURS_DEFAULT = 24;

/** Hours without use after which an executed revocation counts as silent; the setting `revocation`. */
export async function readSilentHours(tx: Tx): Promise<number> {
  const row = await tx.setting.findUnique({ where: { name: 'revocation' } });
  const parsed = settingSchema.safeParse(row?.value);
  return parsed.success ? parsed.data.silentHours : SILENT_HOURS_DEFAULT;
}

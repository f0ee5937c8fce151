import type { Tx } from '#lib/db/client.ts';

/** The graph version: raised by every run that changed something, so it names what may be kept in memory. */
export async function readGraphVersion(tx: Pick<Tx, 'setting'>): Promise<number> {
  const setting = await tx.setting.findUnique({ where: { name: 'graph' } });
  return (setting?.value as { version?: number } | undefined)?.version ?? 0;
}

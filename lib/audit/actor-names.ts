import type { Tx } from '#lib/db/client.ts';

/** Names of users and API tokens by actor id; the system and the command line have fixed ones. */
export async function loadActorNames(
  tx: Tx,
  ids: readonly (string | null)[],
): Promise<(id: string) => string> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  const users = await tx.user.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } });
  const tokens = await tx.apiToken.findMany({
    where: { id: { in: wanted } },
    select: { id: true, name: true },
  });
  const names = new Map([
    ['system', 'Bailiwick'],
    ['cli', 'Command line'],
    ...users.map((row) => [row.id, row.name] as const),
    ...tokens.map((row) => [row.id, `API token ${row.name}`] as const),
  ]);
  return (id) => names.get(id) ?? id;
}

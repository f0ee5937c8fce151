import { db } from '#lib/db/client.ts';
import type { TeamView } from './schema.ts';

/** All teams with their members and the node that each answers as; teams are few. */
export async function listTeams(): Promise<{ rows: TeamView[]; total: number }> {
  const teams = await db().team.findMany({
    orderBy: { name: 'asc' },
    include: { members: { include: { user: true }, orderBy: [{ lead: 'desc' }, { user: { name: 'asc' } }] } },
  });
  const keys = teams.flatMap((team) => team.nodeKey ?? []);
  const nodes = await db().$queryRaw<{ key: string; id: number; name: string; owned: number }[]>`
    SELECT n.key, n.id, n.name, (SELECT count(*)::int FROM node o WHERE o.owner_id = n.id AND o.valid_to IS NULL) AS owned
    FROM node n WHERE n.key = ANY(${keys}::text[])`;
  const byKey = new Map(nodes.map(({ key, ...node }) => [key, node]));
  const rows = teams.map((team) => ({
    id: team.id,
    name: team.name,
    nodeKey: team.nodeKey,
    node: (team.nodeKey !== null && byKey.get(team.nodeKey)) || null,
    members: team.members.map(({ user, lead, claimed }) => {
      return { userId: user.id, name: user.name, email: user.email, lead, claimed };
    }),
  }));
  return { rows, total: rows.length };
}

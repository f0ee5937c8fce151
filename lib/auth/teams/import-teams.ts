import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { inTransaction } from '#lib/db/client.ts';

/**
 * Makes a team of each team node that the sources know and that has none yet, and adds the users whom the graph shows
 * as members (by the person node of their e-mail address). Returns how many of each were added.
 */
export function importTeams(actor: Actor): Promise<{ teams: number; members: number }> {
  assertMay(actor, 'user.manage');
  return inTransaction(async (tx) => {
    const teams = await tx.$executeRaw`
      INSERT INTO team (id, name, node_key)
      SELECT 'tem_' || substr(md5(n.key), 1, 20),
        CASE WHEN row_number() OVER (PARTITION BY lower(n.name) ORDER BY n.id) > 1 THEN n.name || ' (' || n.key || ')' ELSE n.name END,
        n.key
      FROM node n
      WHERE n.kind = 'team' AND n.valid_to IS NULL AND NOT EXISTS (SELECT 1 FROM team t WHERE t.node_key = n.key)
      ON CONFLICT DO NOTHING`;
    const members = await tx.$executeRaw`
      INSERT INTO team_member (team_id, user_id)
      SELECT DISTINCT t.id, u.id
      FROM team t JOIN node g ON g.key = t.node_key
        JOIN edge e ON e.to_id = g.id AND e.kind = 'member_of' AND e.valid_to IS NULL
        JOIN node p ON p.id = e.from_id AND p.kind = 'person'
        JOIN app_user u ON u.email <> '' AND p.key = 'mailto:' || u.email
      ON CONFLICT DO NOTHING`;
    const after = { teams, members };
    if (teams + members > 0) await record(tx, actor, { action: 'team.import', subject: 'team:*', after });
    return after;
  });
}

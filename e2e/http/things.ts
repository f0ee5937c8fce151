import type pg from 'pg';
import { demoSignIn, signIn } from './sign-in.ts';

export type Relations = { mine: string; foreign: string[]; missing: string };
export type Things = {
  nodeKey: Relations;
  nodeId: Relations;
  sessionId: Relations;
  /** Keys of every node that the owner of the sample answers for. */
  ownKeys: string[];
  /** Texts that only somebody who is signed in may ever read. */
  marks: string[];
};

type Node = { id: number; key: string; name: string };

/** What the owner of the sample owns and does not own, asked of the database and not of the product. */
export async function findThings(database: pg.Client): Promise<Things> {
  const { email } = demoSignIn('owner');
  const teams = `SELECT n.id FROM app_user u JOIN team_member m ON m.user_id = u.id JOIN team t ON t.id = m.team_id
    JOIN node n ON n.key = t.node_key WHERE u.email = $1`;
  const nodes = async (where: string, limit: string): Promise<Node[]> => {
    const { rows } = await database.query<Node>(
      `SELECT id, key, name FROM node WHERE valid_to IS NULL AND ${where} ORDER BY id ${limit}`,
      [email],
    );
    return rows;
  };
  const own = await nodes(`(owner_id IN (${teams}) OR id IN (${teams}))`, '');
  const mine = own.find(({ key }) => key.includes('service')) ?? own[0];
  const foreign = await nodes(
    `(owner_id IS NULL OR owner_id NOT IN (${teams})) AND id NOT IN (${teams})
     AND kind IN ('service', 'service_account', 'credential', 'resource', 'agent')`,
    'LIMIT 12',
  );
  if (mine === undefined || foreign.length < 12) throw new Error('The sample has too few nodes to compare.');
  const sessions = await foreignSessions(database, email);
  return {
    nodeKey: { mine: mine.key, foreign: foreign.map(({ key }) => key), missing: 'service:does-not-exist' },
    nodeId: { mine: String(mine.id), foreign: foreign.map(({ id }) => String(id)), missing: '2000000000' },
    sessionId: { mine: '', foreign: sessions, missing: 'ses_00000000000000000000' },
    ownKeys: own.map(({ key }) => key),
    marks: [
      ...(['administrator', 'security', 'owner', 'auditor'] as const).map((role) => demoSignIn(role).email),
      ...[...own.slice(0, 20), ...foreign].map(({ key }) => key),
    ],
  };
}

/** A session of somebody else that still runs. */
async function foreignSessions(database: pg.Client, email: string): Promise<string[]> {
  await signIn(demoSignIn('security'));
  const { rows } = await database.query<{ id: string }>(
    `SELECT s.id FROM session s JOIN app_user u ON u.id = s.user_id
     WHERE u.email <> $1 AND s.ended_at IS NULL ORDER BY s.created_at DESC LIMIT 3`,
    [email],
  );
  return rows.map(({ id }) => id);
}

import type pg from 'pg';
import { demoSignIn, signIn } from './sign-in.ts';

export type Relations = { mine: string; foreign: string[]; missing: string };
export type Things = {
  nodeKey: Relations;
  nodeId: Relations;
  claimId: Relations;
  sessionId: Relations;
  /** Keys of every node that the owner of the sample answers for. */
  ownKeys: string[];
  /** Texts that only somebody who is signed in may ever read. */
  marks: string[];
};

type Node = { id: number; key: string; kind: string; managed: boolean };

/** What the owner of the sample owns and does not own, asked of the database and not of the product. */
export async function findThings(database: pg.Client): Promise<Things> {
  const { email } = demoSignIn('owner');
  const teams = `SELECT n.id FROM app_user u JOIN team_member m ON m.user_id = u.id JOIN team t ON t.id = m.team_id
    JOIN node n ON n.key = t.node_key WHERE u.email = $1`;
  const nodes = async (where: string, limit: string): Promise<Node[]> => {
    const { rows } = await database.query<Node>(
      `SELECT id, key, kind::text, managed FROM node WHERE valid_to IS NULL AND ${where} ORDER BY id ${limit}`,
      [email],
    );
    return rows;
  };
  const own = await nodes(`(owner_id IN (${teams}) OR id IN (${teams}))`, '');
  const mine = own.find(({ kind, managed }) => kind === 'service' && !managed);
  const foreign = await nodes(
    `(owner_id IS NULL OR owner_id NOT IN (${teams})) AND id NOT IN (${teams})
     AND NOT EXISTS (SELECT 1 FROM ownership_claim c WHERE c.node_id = node.id AND c.owner_id IN (${teams}))
     AND NOT managed AND kind IN ('service', 'service_account', 'credential', 'agent')`,
    'LIMIT 12',
  );
  if (mine === undefined || foreign.length < 12) throw new Error('The sample has too few nodes to compare.');
  const { rows: claims } = await database.query<{ id: string }>(
    `SELECT c.id FROM ownership_claim c WHERE NOT EXISTS (
       SELECT 1 FROM ownership_claim o WHERE o.node_id = c.node_id AND o.owner_id IN (${teams}))
     AND NOT EXISTS (SELECT 1 FROM node n WHERE n.id = c.node_id AND n.owner_id IN (${teams}))
     ORDER BY c.id LIMIT 12`,
    [email],
  );
  const sessions = await foreignSessions(database, email);
  return {
    nodeKey: { mine: mine.key, foreign: foreign.map(({ key }) => key), missing: 'service:does-not-exist' },
    nodeId: { mine: String(mine.id), foreign: foreign.map(({ id }) => String(id)), missing: '2000000000' },
    claimId: { mine: '', foreign: claims.map(({ id }) => id), missing: `clm_${'0'.repeat(20)}` },
    sessionId: { mine: '', foreign: sessions, missing: 'ses_00000000000000000000' },
    ownKeys: own.map(({ key }) => key),
    marks: [
      'token.manage', // the frame of every page tells the browser what its person may do
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

import { db, type Tx } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { newId } from '#lib/core/ids.ts';

/** A session ends after this long without a request, and after the second however much it is used. */
const IDLE_HOURS = 8;
export const ABSOLUTE_DAYS = 7;
const USER_AGENT_LENGTH_MAX = 300;
/** 130 random bits (OWASP ASVS 7.2.3 asks for 128). */
const SESSION_ID_CHARACTERS = 26;

export type LiveSession = {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  role: RoleName;
  authenticatedAt: Date;
  expiresAt: Date;
  /** Nodes of the trust graph that this person answers for: their teams' and their own. */
  ownerIds: number[];
};

export type SessionOrigin = { address: string | null; userAgent: string | null };

/** Opens a session for a person who has just proved who they are; `after` is the session that this browser had before, which ends. */
export async function startSession(
  tx: Tx,
  userId: string,
  origin: SessionOrigin,
  after: string | null,
): Promise<string> {
  if (after !== null) await endSessions(tx, { id: after });
  const user = await tx.user.update({ where: { id: userId }, data: { lastSignInAt: new Date() } });
  const id = newId('ses', SESSION_ID_CHARACTERS);
  await tx.$executeRaw`
    INSERT INTO session (id, user_id, session_version, expires_at, address, user_agent)
    VALUES (${id}, ${userId}, ${user.sessionVersion}, now() + make_interval(days => ${ABSOLUTE_DAYS}),
      ${origin.address}, ${origin.userAgent?.slice(0, USER_AGENT_LENGTH_MAX) ?? null})`;
  return id;
}

/** Ends sessions that still run; returns how many. They are refused at their next request, on every replica. */
export async function endSessions(
  tx: Tx,
  which: { id: string; userId?: string } | { userId: string; except?: string },
): Promise<number> {
  const where =
    'id' in which
      ? which
      : { userId: which.userId, ...('except' in which ? { id: { not: which.except } } : {}) };
  const { count } = await tx.session.updateMany({
    where: { ...where, endedAt: null },
    data: { endedAt: new Date() },
  });
  return count;
}

/**
 * The session if it still holds, by database time: not ended, within its idle and absolute limits, of a person who is
 * not disabled and whose role and password are the same as when it began. Asked at every request.
 */
export async function findLiveSession(sessionId: string): Promise<LiveSession | null> {
  const [row] = await db().$queryRaw<(LiveSession & { isStale: boolean })[]>`
    SELECT s.id AS "sessionId", u.id AS "userId", u.name, u.email, u.role::text AS role,
      s.authenticated_at AS "authenticatedAt", s.expires_at AS "expiresAt",
      s.last_seen_at < now() - interval '1 minute' AS "isStale",
      ARRAY(
        SELECT n.id FROM team_member m JOIN team t ON t.id = m.team_id JOIN node n ON n.key = t.node_key WHERE m.user_id = u.id
        UNION
        SELECT a.node_id FROM team_member m JOIN team t ON t.id = m.team_id JOIN node_alias a ON a.alias = t.node_key WHERE m.user_id = u.id
        UNION
        SELECT n.id FROM node n WHERE u.email <> '' AND n.key = 'mailto:' || u.email
        UNION
        SELECT a.node_id FROM node_alias a WHERE u.email <> '' AND a.alias = 'mailto:' || u.email
      ) AS "ownerIds"
    FROM session s JOIN app_user u ON u.id = s.user_id
    WHERE s.id = ${sessionId} AND s.ended_at IS NULL AND s.expires_at > now()
      AND s.last_seen_at > now() - make_interval(hours => ${IDLE_HOURS})
      AND u.disabled_at IS NULL AND s.session_version = u.session_version`;
  if (!row) return null;
  if (row.isStale) await db().$executeRaw`UPDATE session SET last_seen_at = now() WHERE id = ${sessionId}`;
  const { isStale: _, ...session } = row;
  return session;
}

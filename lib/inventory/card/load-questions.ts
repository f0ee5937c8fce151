import { db } from '#lib/db/client.ts';
import type { QuestionFacts } from '../rules.ts';
import type { CoreRow } from './load-core.ts';

const NAMES_MAX = 50;
/** Use within this many days counts against revoking. */
const RECENT_DAYS = 90;

/** Gathers what the four questions of the card are answered from. */
export async function loadQuestionFacts(core: CoreRow): Promise<QuestionFacts> {
  const [parties, credentials, permissions, uses] = await Promise.all([
    loadParties(core.id),
    loadLifetimes(core),
    loadPermissions(core.id),
    loadRecentUses(core),
  ]);
  return {
    kind: core.kind,
    boundTo: core.boundTo,
    runtimeAuthorised: core.runtimeAuthorised,
    workloads: parties.filter((party) => party.role === 'workload').map((party) => party.name),
    people: parties.filter((party) => party.role === 'person').map((party) => party.name),
    peopleSeen: parties.filter((party) => party.role === 'person_seen').map((party) => party.name),
    credentials,
    sessions: permissions.sessions,
    permissions,
    uses,
    observed:
      core.watchedBy === null || core.watchedDays === null
        ? null
        : { source: core.watchedBy, days: core.watchedDays },
  };
}

/** Workloads and people that run as it, hold it (or its credentials), or were seen to act as it. */
function loadParties(id: number): Promise<{ role: 'workload' | 'person' | 'person_seen'; name: string }[]> {
  return db().$queryRaw`
    WITH party AS (
      SELECT e.from_id AS id, e.kind, e.last_exercised FROM edge e
      WHERE e.to_id = ${id} AND e.valid_to IS NULL AND e.kind IN ('runs_as', 'holds', 'assumes')
      UNION ALL
      SELECT h.from_id, h.kind, h.last_exercised FROM edge a JOIN edge h ON h.to_id = a.from_id AND h.kind = 'holds' AND h.valid_to IS NULL
      WHERE a.to_id = ${id} AND a.kind = 'authenticates' AND a.valid_to IS NULL)
    SELECT DISTINCT CASE WHEN n.kind <> 'person' THEN 'workload' WHEN p.kind = 'assumes' AND p.last_exercised IS NOT NULL THEN 'person_seen'
      ELSE 'person' END AS role, n.name
    FROM party p JOIN node n ON n.id = p.id
    WHERE n.kind IN ('service', 'agent', 'pipeline', 'integration', 'person') AND (n.kind = 'person' OR p.kind <> 'assumes'
      OR p.last_exercised IS NOT NULL)
    ORDER BY 1, 2 LIMIT ${NAMES_MAX}`;
}

async function loadLifetimes(core: CoreRow): Promise<QuestionFacts['credentials']> {
  const lifetimes = { standing: 0, dated: 0, short: 0 };
  if (core.lifetime !== null) return { ...lifetimes, [core.lifetime]: 1 };
  const rows = await db().$queryRaw<{ lifetime: keyof typeof lifetimes; count: number }[]>`
    SELECT CASE WHEN n.expires_at IS NULL THEN 'standing'
      WHEN n.expires_at - coalesce(n.rotated_at, n.created_at, n.valid_from) <= interval '24 hours' THEN 'short' ELSE 'dated' END AS lifetime,
      count(*)::int AS count
    FROM edge e JOIN node n ON n.id = e.from_id
    WHERE e.to_id = ${core.id} AND e.kind = 'authenticates' AND e.valid_to IS NULL AND n.valid_to IS NULL
      AND coalesce(n.props->>'state', '') NOT IN ('inactive', 'disabled') GROUP BY 1`;
  for (const { lifetime, count } of rows) lifetimes[lifetime] = count;
  return lifetimes;
}

async function loadPermissions(id: number): Promise<QuestionFacts['permissions'] & { sessions: number }> {
  const [row] = await db().$queryRaw<{ total: number; conditional: number; sessions: number }[]>`
    WITH RECURSIVE holder(id) AS (
      SELECT ${id}::int UNION SELECT h.to_id FROM edge h JOIN holder ON holder.id = h.from_id
      WHERE h.kind IN ('attached', 'member_of', 'authenticates') AND h.valid_to IS NULL)
    SELECT count(*)::int AS total, count(*) FILTER (WHERE e.conditional)::int AS conditional,
      (SELECT count(*)::int FROM edge s WHERE s.to_id = ${id} AND s.kind IN ('assumes', 'runs_as') AND s.valid_to IS NULL) AS sessions
    FROM edge e
    WHERE e.from_id IN (SELECT id FROM holder) AND e.kind IN ('grants', 'assumes') AND e.valid_to IS NULL AND e.derived_from IS NULL`;
  return row ?? { total: 0, conditional: 0, sessions: 0 };
}

async function loadRecentUses(core: CoreRow): Promise<QuestionFacts['uses']> {
  const isCredential = core.kind === 'credential';
  const rows = await db().$queryRaw<{ id: number; name: string; count: bigint; last: Date }[]>`
    SELECT n.id, n.name, sum(u.allowed) AS count, max(u.last_at) AS last FROM (
      SELECT actor_id, allowed, last_at, day FROM usage_day
      WHERE ${isCredential} AND credential_id = ${core.id} AND allowed > 0
      UNION ALL SELECT actor_id, allowed, last_at, day FROM usage_day WHERE NOT ${isCredential} AND actor_id = ${core.id} AND allowed > 0
      UNION ALL SELECT actor_id, allowed, last_at, day FROM usage_day WHERE NOT ${isCredential} AND target_id = ${core.id} AND allowed > 0) u
    JOIN node n ON n.id = u.actor_id
    WHERE u.day > now() - make_interval(days => ${RECENT_DAYS}) GROUP BY n.id ORDER BY sum(u.allowed) DESC, n.id LIMIT ${NAMES_MAX}`;
  const last = rows.reduce<Date | null>(
    (latest, row) => (latest === null || row.last > latest ? row.last : latest),
    null,
  );
  return {
    count: rows.reduce((sum, row) => sum + Number(row.count), 0),
    callers: rows.filter((row) => row.id !== core.id).map((row) => row.name),
    last: last?.toISOString() ?? null,
  };
}

import { db } from '#lib/db/client.ts';
import type { Prisma } from '#lib/db/generated/client.ts';
import { SEVERITIES } from '#lib/findings/schema.ts';
import type { OverviewView } from './schema.ts';

const DAYS = 90;
const CAMPAIGNS_MAX = 6;
const SOURCES_MAX = 50;

/** Open findings by severity, from the worst, also where there are none. */
export async function countOpenFindings(visibleNodes: Prisma.Sql): Promise<OverviewView['findings']> {
  const rows = await db().$queryRaw<{ severity: string; count: number }[]>`
    SELECT f.severity, count(*)::int AS count FROM finding f JOIN node n ON n.id = f.node_id
    WHERE f.state = 'open' AND ${visibleNodes} GROUP BY 1`;
  return SEVERITIES.filter((severity) => severity !== 'info').map((severity) => ({
    severity,
    count: rows.find((row) => row.severity === severity)?.count ?? 0,
  }));
}

/** Campaigns under way, the one due first at the head. */
export async function listCampaigns(): Promise<OverviewView['campaigns']> {
  const rows = await db().$queryRaw<
    { id: string; name: string; dueAt: Date; decided: number; items: number }[]
  >`
    SELECT c.id, c.name, c.due_at AS "dueAt", count(i.id) FILTER (WHERE i.state NOT IN ('open', 'no_reviewer'))::int AS decided,
      count(i.id)::int AS items
    FROM campaign c LEFT JOIN review_item i ON i.campaign_id = c.id
    WHERE c.state = 'active' GROUP BY c.id ORDER BY c.due_at, c.id LIMIT ${CAMPAIGNS_MAX}`;
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
}

/** Each source with its last run and the last moment that its logs cover; the stalest first. */
export async function listFreshness(): Promise<OverviewView['sources']> {
  const rows = await db().$queryRaw<
    {
      id: string;
      name: string;
      format: string | null;
      lastRunAt: Date | null;
      lastRunState: string | null;
      coveredTo: Date | null;
    }[]
  >`
    SELECT s.id, s.name, s.format, r.finished_at AS "lastRunAt", r.state::text AS "lastRunState",
      (SELECT max(w.to_time) FROM observation_window w WHERE w.source_id = s.id) AS "coveredTo"
    FROM source s LEFT JOIN LATERAL (SELECT finished_at, state FROM run WHERE source_id = s.id AND NOT dry_run
      ORDER BY started_at DESC LIMIT 1) r ON true
    WHERE s.format IS NOT NULL ORDER BY r.finished_at NULLS FIRST, s.name LIMIT ${SOURCES_MAX}`;
  return rows.map((row) => ({
    ...row,
    lastRunAt: row.lastRunAt?.toISOString() ?? null,
    coveredTo: row.coveredTo?.toISOString() ?? null,
  }));
}

/** Uses per UTC day over the last 90 days that any log covers. */
export async function perDay(): Promise<OverviewView['eventsPerDay']> {
  return db().$queryRaw<OverviewView['eventsPerDay']>`
    WITH span AS (SELECT max(day) AS last FROM usage_day),
    summed AS (
      SELECT day, sum(allowed)::int AS allowed, sum(denied + failed)::int AS refused FROM usage_day, span
      WHERE day > span.last - ${DAYS}::int GROUP BY 1)
    SELECT to_char(d, 'YYYY-MM-DD') AS day, coalesce(s.allowed, 0) AS allowed, coalesce(s.refused, 0) AS refused
    FROM span, generate_series(span.last - (${DAYS}::int - 1), span.last, interval '1 day') d LEFT JOIN summed s ON s.day = d::date
    WHERE span.last IS NOT NULL ORDER BY d`;
}

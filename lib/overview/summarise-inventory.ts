import { assertMay, may, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { LIFETIME, USE_STATE, visible } from '#lib/inventory/node-conditions.ts';
import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import { PERMISSION_KINDS } from '#lib/inventory/schema.ts';
import { CLASS_OF, watchedClasses, watchedTable } from '#lib/usage/watched-classes.ts';
import { listCampaigns, listFreshness, perDay, countOpenFindings } from './summarise-activity.ts';
import type { OverviewView } from './schema.ts';

type Counts = {
  kind: 'identity' | 'credential' | 'resource' | 'other';
  total: number;
  owned: number;
  attested: number;
  standing: number;
  dated: number;
  short: number;
  unused: number;
  unobservable: number;
};

/** How much there is, how much of it is owned, attested and used, what is open, and how fresh it all is. */
export async function getOverview(actor: Actor): Promise<OverviewView> {
  assertMay(actor, 'inventory.read');
  const isWhole = actor.scope.kind === 'all';
  const [counts, permissions, events, findings, campaigns, sources, eventsPerDay] = await Promise.all([
    countNodes(actor),
    countPermissions(actor),
    isWhole ? countEvents() : 0,
    may(actor, 'finding.read') ? countOpenFindings(visible(actor.scope)) : [],
    may(actor, 'campaign.read') ? listCampaigns() : [],
    may(actor, 'source.read') ? listFreshness() : [],
    isWhole ? perDay() : [],
  ]);
  const of = (kind: Counts['kind']) => counts.find((row) => row.kind === kind);
  const [identities, credentials] = [of('identity'), of('credential')];
  return {
    isEmpty: isWhole && counts.length === 0,
    totals: {
      identities: identities?.total ?? 0,
      credentials: credentials?.total ?? 0,
      permissions,
      resources: of('resource')?.total ?? 0,
      events,
    },
    owned: { count: identities?.owned ?? 0, of: identities?.total ?? 0 },
    attested: { count: identities?.attested ?? 0, of: identities?.total ?? 0 },
    lifetimes: {
      standing: credentials?.standing ?? 0,
      dated: credentials?.dated ?? 0,
      short: credentials?.short ?? 0,
    },
    unused: { identities: unusedPart(identities), credentials: unusedPart(credentials) },
    unobservable: {
      identities: identities?.unobservable ?? 0,
      credentials: credentials?.unobservable ?? 0,
    },
    findings,
    campaigns,
    sources,
    eventsPerDay,
  };
}

const unusedPart = (counts: Counts | undefined) => ({
  count: counts?.unused ?? 0,
  of: (counts?.total ?? 0) - (counts?.unobservable ?? 0),
});

async function countNodes(actor: Actor): Promise<Counts[]> {
  const classes = await watchedClasses();
  return db().$queryRaw<Counts[]>`
    WITH ${watchedTable(classes)}
    SELECT CASE WHEN n.kind = ANY(${[...NON_HUMAN_KINDS]}::node_kind[]) THEN 'identity' WHEN n.kind = 'credential' THEN 'credential'
        WHEN n.kind = 'resource' THEN 'resource' ELSE 'other' END AS kind,
      count(*)::int AS total, count(n.owner_id)::int AS owned, count(*) FILTER (WHERE n.attested_until > now())::int AS attested,
      count(*) FILTER (WHERE ${LIFETIME} = 'standing')::int AS standing, count(*) FILTER (WHERE ${LIFETIME} = 'dated')::int AS dated,
      count(*) FILTER (WHERE ${LIFETIME} = 'short')::int AS short, count(*) FILTER (WHERE ${USE_STATE} = 'unused')::int AS unused,
      count(*) FILTER (WHERE ${USE_STATE} = 'unobservable')::int AS unobservable
    FROM node n LEFT JOIN watched w ON w.name = ${CLASS_OF}
    WHERE n.valid_to IS NULL AND NOT n.managed AND ${visible(actor.scope)} GROUP BY 1`;
}

async function countPermissions({ scope }: Actor): Promise<number> {
  const mine =
    scope.kind === 'all'
      ? Prisma.empty
      : Prisma.sql`AND EXISTS (SELECT FROM node n WHERE n.id IN (e.from_id, e.to_id) AND ${visible(scope)})`;
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM edge e
    WHERE e.valid_to IS NULL AND e.kind = ANY(${[...PERMISSION_KINDS]}::edge_kind[]) ${mine}`;
  return row?.count ?? 0;
}

/** Uses counted in the sums that are kept for good; the raw events may have been let go. */
async function countEvents(): Promise<number> {
  const [row] = await db().$queryRaw<{ count: bigint | null }[]>`
    SELECT sum(allowed::bigint + denied + failed) AS count FROM usage_day`;
  return Number(row?.count ?? 0);
}

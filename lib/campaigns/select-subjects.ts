import type { Tx } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import type { CampaignFilter, SubjectType } from './schema.ts';

/** Something that a campaign would ask about, and the owner who would be asked. */
export type Candidate = {
  type: SubjectType;
  nodeId: number;
  edgeId: number | null;
  reviewerId: number | null;
};

const STANDING_DAYS = 90;
/** Permissions that are asked about one by one; membership and possession are part of their identity's item. */
const PERMISSION_KINDS = ['grants', 'attached', 'assumes'] as const;

/** All candidates of a filter, in a fixed order. `limit` guards against one that chooses everything. */
export function selectCandidates(tx: Tx, filter: CampaignFilter, limit: number): Promise<Candidate[]> {
  return tx.$queryRaw<Candidate[]>`
    SELECT type, node_id AS "nodeId", edge_id AS "edgeId", reviewer_id AS "reviewerId"
    FROM (${candidates(filter)}) c ORDER BY node_id, edge_id NULLS FIRST LIMIT ${limit}`;
}

export function countCandidates(
  tx: Tx,
  filter: CampaignFilter,
): Promise<{ type: SubjectType; count: number; noReviewer: number; reviewers: number[] }[]> {
  return tx.$queryRaw`
    SELECT type, count(*)::int AS count, count(*) FILTER (WHERE reviewer_id IS NULL)::int AS "noReviewer",
      coalesce(array_agg(DISTINCT reviewer_id) FILTER (WHERE reviewer_id IS NOT NULL), '{}') AS reviewers
    FROM (${candidates(filter)}) c GROUP BY type ORDER BY type`;
}

/**
 * The owner of the identity is asked, also about its permissions. A credential without an owner of its own is asked of
 * the owner of the identity that it proves to be.
 */
function candidates(filter: CampaignFilter): Prisma.Sql {
  const parts: Prisma.Sql[] = [];
  if (filter.subjects.includes('identity') || filter.subjects.includes('credential')) {
    const wanted = [
      ...(filter.subjects.includes('identity') ? NON_HUMAN_KINDS : []),
      ...(filter.subjects.includes('credential') ? ['credential'] : []),
    ];
    parts.push(Prisma.sql`
      SELECT CASE n.kind WHEN 'credential' THEN 'credential' ELSE 'identity' END AS type, n.id AS node_id, NULL::int AS edge_id,
        coalesce(n.owner_id, CASE WHEN n.kind = 'credential' THEN (
          SELECT i.owner_id FROM edge a JOIN node i ON i.id = a.to_id
          WHERE a.from_id = n.id AND a.kind = 'authenticates' AND a.valid_to IS NULL AND i.owner_id IS NOT NULL
          ORDER BY a.id LIMIT 1) END) AS reviewer_id
      FROM node n
      WHERE n.valid_to IS NULL AND NOT n.managed AND n.kind = ANY(${wanted}::node_kind[])
        AND ${Prisma.join([...sideConditions(filter), ...nodeConditions(filter)], ' AND ')}`);
  }
  if (filter.subjects.includes('permission')) {
    parts.push(Prisma.sql`
      SELECT 'permission' AS type, n.id AS node_id, e.id AS edge_id, n.owner_id AS reviewer_id
      FROM edge e JOIN node n ON n.id = e.from_id JOIN node t ON t.id = e.to_id
      WHERE e.valid_to IS NULL AND e.derived_from IS NULL AND e.kind = ANY(${[...PERMISSION_KINDS]}::edge_kind[])
        AND n.valid_to IS NULL AND NOT n.managed AND n.kind = ANY(${[...NON_HUMAN_KINDS]}::node_kind[])
        AND ${Prisma.join([...sideConditions(filter), ...edgeConditions(filter)], ' AND ')}`);
  }
  return Prisma.join(parts, ' UNION ALL ');
}

/** Conditions on the identity or credential, `node n`. */
function sideConditions(filter: CampaignFilter): Prisma.Sql[] {
  const all: Prisma.Sql[] = [Prisma.sql`true`];
  if (filter.kinds.length > 0) all.push(Prisma.sql`n.kind = ANY(${filter.kinds}::node_kind[])`);
  if (filter.environments.length > 0) all.push(Prisma.sql`n.environment = ANY(${filter.environments})`);
  if (filter.providers.length > 0) all.push(Prisma.sql`n.provider = ANY(${filter.providers})`);
  if (filter.unownedOnly) all.push(Prisma.sql`n.owner_id IS NULL`);
  if (filter.owners.length > 0) {
    all.push(Prisma.sql`n.owner_id IN (SELECT id FROM node WHERE key = ANY(${filter.owners}))`);
  }
  if (filter.text !== '') {
    all.push(Prisma.sql`(position(lower(${filter.text}) IN lower(n.name)) > 0
      OR position(lower(${filter.text}) IN lower(n.key)) > 0)`);
  }
  if (filter.standingOnly) {
    all.push(Prisma.sql`n.kind = 'credential' AND (n.expires_at IS NULL
      OR n.expires_at - coalesce(n.created_at, n.valid_from) > make_interval(days => ${STANDING_DAYS}))`);
  }
  return all;
}

function nodeConditions(filter: CampaignFilter): Prisma.Sql[] {
  const all: Prisma.Sql[] = [];
  if (filter.sensitivities.length > 0) {
    all.push(Prisma.sql`n.sensitivity = ANY(${filter.sensitivities}::sensitivity[])`);
  }
  if (filter.unusedForDays !== null) {
    all.push(Prisma.sql`coalesce(greatest(n.last_seen_in_logs, n.last_used_at), '-infinity')
      < now() - make_interval(days => ${filter.unusedForDays})`);
  }
  return all;
}

function edgeConditions(filter: CampaignFilter): Prisma.Sql[] {
  const all: Prisma.Sql[] = [];
  if (filter.sensitivities.length > 0) {
    all.push(Prisma.sql`t.sensitivity = ANY(${filter.sensitivities}::sensitivity[])`);
  }
  if (filter.unusedForDays !== null) {
    all.push(Prisma.sql`coalesce(e.last_exercised, '-infinity')
      < now() - make_interval(days => ${filter.unusedForDays})`);
  }
  return all;
}

import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { RowScope } from '#lib/authz/actor.ts';
import type { AccessLevel, EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { NON_HUMAN_KINDS, type NodeKind, type Sensitivity } from '#lib/ontology/node-kinds.ts';

export type NodeRow = {
  id: number;
  key: string;
  kind: NodeKind;
  name: string;
  type: string | null;
  provider: string | null;
  environment: string | null;
  zone: string | null;
  sensitivity: Sensitivity | null;
  owner: string | null;
  ended: boolean;
};

export type EdgeRow = {
  id: number;
  from: number;
  to: number;
  kind: EdgeKind;
  level: AccessLevel | null;
  qualifier: string;
  conditional: boolean;
  limited: boolean;
  lastExercised: Date | null;
  exercisedCount: bigint;
  source: string;
  validFrom: Date;
};

const NODE_COLUMNS = Prisma.sql`
  n.id, n.key, n.kind::text AS kind, n.name, n.type, n.provider, n.environment, n.zone, n.sensitivity::text AS sensitivity,
  o.name AS owner, n.valid_to IS NOT NULL AS ended`;
const NODES = Prisma.sql`node n LEFT JOIN node o ON o.id = n.owner_id`;

const EDGE_COLUMNS = Prisma.sql`
  e.id, e.from_id AS "from", e.to_id AS "to", e.kind::text AS kind, e.level::text AS level, e.qualifier, e.conditional, e.limited,
  e.last_exercised AS "lastExercised", e.exercised_count AS "exercisedCount", s.name AS source, e.valid_from AS "validFrom"`;
const EDGES = Prisma.sql`edge e JOIN source s ON s.id = e.source_id`;

/** Rows that the actor owns, or every row. */
function within(scope: RowScope): Prisma.Sql {
  if (scope.kind === 'all') return Prisma.sql`TRUE`;
  const owners = [...scope.ownerIds];
  return Prisma.sql`(n.owner_id = ANY(${owners}) OR n.owner_person_id = ANY(${owners}) OR n.id = ANY(${owners}))`;
}

/** The node with this key, or the one that states it as its alias; null where there is none within the scope. */
export async function loadNodeByKey(key: string, scope: RowScope): Promise<NodeRow | null> {
  const [row] = await db().$queryRaw<NodeRow[]>`
    SELECT ${NODE_COLUMNS} FROM ${NODES}
    WHERE n.id = COALESCE((SELECT id FROM node WHERE key = ${key}), (SELECT node_id FROM node_alias WHERE alias = ${key}))
      AND ${within(scope)}`;
  return row ?? null;
}

export async function loadNodes(ids: readonly number[]): Promise<Map<number, NodeRow>> {
  const rows = await db().$queryRaw<
    NodeRow[]
  >`SELECT ${NODE_COLUMNS} FROM ${NODES} WHERE n.id = ANY(${[...ids]})`;
  return new Map(rows.map((row) => [row.id, row]));
}

export async function loadEdges(ids: readonly number[]): Promise<Map<number, EdgeRow>> {
  const rows = await db().$queryRaw<
    EdgeRow[]
  >`SELECT ${EDGE_COLUMNS} FROM ${EDGES} WHERE e.id = ANY(${[...ids]})`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Live edges of a node in one or both directions, most used first, and how many there are in all. */
export async function loadEdgesOf(
  nodeId: number,
  direction: 'from' | 'into' | 'both',
  kinds: readonly EdgeKind[],
  limit: number,
): Promise<{ total: number; edges: EdgeRow[] }> {
  const ends = {
    from: Prisma.sql`e.from_id = ${nodeId}`,
    into: Prisma.sql`e.to_id = ${nodeId}`,
    both: Prisma.sql`(e.from_id = ${nodeId} OR e.to_id = ${nodeId})`,
  }[direction];
  const ofKinds = kinds.length === 0 ? Prisma.sql`TRUE` : Prisma.sql`e.kind::text = ANY(${[...kinds]})`;
  const where = Prisma.sql`${ends} AND e.valid_to IS NULL AND ${ofKinds}`;
  const [count] = await db().$queryRaw<
    { total: number }[]
  >`SELECT count(*)::int AS total FROM edge e WHERE ${where}`;
  const edges = await db().$queryRaw<EdgeRow[]>`
    SELECT ${EDGE_COLUMNS} FROM ${EDGES} WHERE ${where}
    ORDER BY e.last_exercised DESC NULLS LAST, e.kind, e.id LIMIT ${limit}`;
  return { total: count?.total ?? 0, edges };
}

/** Nodes whose name, key or alias matches: exact and prefix matches first, then anywhere inside. */
export async function searchNodeRows(text: string, scope: RowScope, limit: number): Promise<NodeRow[]> {
  const escaped = text.replace(/[\\%_]/g, '\\$&');
  const [prefix, inside] = [`${escaped}%`, `%${escaped}%`];
  return db().$queryRaw<NodeRow[]>`
    SELECT ${NODE_COLUMNS} FROM ${NODES}
    WHERE n.valid_to IS NULL AND ${within(scope)}
      AND (n.name ILIKE ${inside} OR n.key ILIKE ${inside}
        OR EXISTS (SELECT 1 FROM node_alias a WHERE a.node_id = n.id AND a.alias ILIKE ${prefix}))
    ORDER BY (n.key = ${text} OR lower(n.name) = lower(${text})) DESC, n.name ILIKE ${prefix} DESC,
      n.kind IN ('resource', 'policy'), length(n.name), n.name, n.id
    LIMIT ${limit}`;
}

/** Live identities that an attacker might start from, the best connected first, and how many there are in all. */
export async function loadStartCandidates(
  scope: RowScope,
  limit: number,
): Promise<{ identities: number; ids: number[] }> {
  const rows = await db().$queryRaw<{ id: number; identities: number }[]>`
    SELECT n.id, (count(*) OVER ())::int AS identities FROM node n
    LEFT JOIN LATERAL (SELECT count(*) AS degree FROM edge e WHERE e.from_id = n.id AND e.valid_to IS NULL) d ON TRUE
    WHERE n.valid_to IS NULL AND n.kind::text = ANY(${[...NON_HUMAN_KINDS]}) AND ${within(scope)}
    ORDER BY d.degree DESC, n.id LIMIT ${limit}`;
  return { identities: rows[0]?.identities ?? 0, ids: rows.map(({ id }) => id) };
}

export async function loadCrownJewels(scope: RowScope, limit: number): Promise<NodeRow[]> {
  return db().$queryRaw<NodeRow[]>`
    SELECT ${NODE_COLUMNS} FROM ${NODES}
    WHERE n.valid_to IS NULL AND n.sensitivity = 'crown_jewel' AND ${within(scope)}
    ORDER BY n.name, n.id LIMIT ${limit}`;
}

/** The nodes that the actor may list; null: every one. */
export async function loadIdsWithin(scope: RowScope): Promise<number[] | null> {
  if (scope.kind === 'all') return null;
  const rows = await db().$queryRaw<{ id: number }[]>`SELECT n.id FROM node n WHERE ${within(scope)}`;
  return rows.map(({ id }) => id);
}

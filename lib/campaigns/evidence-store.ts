import type { Tx } from '#lib/db/client.ts';
import type { AccessLevel, EdgeKind } from '#lib/db/generated/enums.ts';
import { hopSentence } from '#lib/ontology/hop.ts';
import type { Subject } from '#lib/usage/use-selectors.ts';
import type { ItemEvidence } from './schema.ts';

const GRANTED_SHOWN = 25;

/** Kinds of edge that give control, as in the ontology; what was merely observed is told by the usage. */
const GRANTED_KINDS: readonly EdgeKind[] = [
  'holds',
  'authenticates',
  'runs_as',
  'assumes',
  'member_of',
  'attached',
  'grants',
  'contains',
  'exposes',
  'hosts',
  'escalates',
];

const columns = (subjects: readonly Subject[]) => ({
  refs: subjects.map((_, i) => i),
  nodes: subjects.map((subject) => subject.nodeId),
  edges: subjects.map((subject) => subject.edgeId),
});

export type SubjectFacts = Pick<ItemEvidence, 'subject' | 'permission' | 'owner'>;

type FactRow = Omit<
  ItemEvidence['subject'],
  'type' | 'createdAt' | 'rotatedAt' | 'expiresAt' | 'statedLastUse'
> & {
  ref: number;
  createdAt: Date | null;
  rotatedAt: Date | null;
  expiresAt: Date | null;
  statedLastUse: Date | null;
  ownerKey: string | null;
  ownerName: string | null;
  edgeKind: EdgeKind | null;
  level: AccessLevel | null;
  qualifier: string | null;
  conditional: boolean | null;
  limited: boolean | null;
  toKey: string;
  toName: string;
  toKind: string;
  toSensitivity: string | null;
};

/** What the subjects are, by position; a subject that ended is missing. */
export async function loadSubjectFacts(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<Map<number, SubjectFacts>> {
  const { refs, nodes, edges } = columns(subjects);
  const rows = await tx.$queryRaw<FactRow[]>`
    SELECT s.ref, n.key, n.name, n.kind::text AS kind, n.provider, n.tenant, n.environment, n.type AS "thingType",
      n.sensitivity::text AS sensitivity, n.purpose, n.created_at AS "createdAt", n.rotated_at AS "rotatedAt",
      n.expires_at AS "expiresAt", n.last_used_at AS "statedLastUse", n.bound_to AS "boundTo",
      n.runtime_authorised AS "runtimeAuthorised", o.key AS "ownerKey", o.name AS "ownerName",
      e.kind AS "edgeKind", e.level, e.qualifier, e.conditional, e.limited,
      t.key AS "toKey", t.name AS "toName", t.kind::text AS "toKind", t.sensitivity::text AS "toSensitivity"
    FROM unnest(${refs}::int[], ${nodes}::int[], ${edges}::int[]) AS s(ref, node_id, edge_id)
    JOIN node n ON n.id = s.node_id AND n.valid_to IS NULL
    LEFT JOIN node o ON o.id = n.owner_id
    LEFT JOIN edge e ON e.id = s.edge_id AND e.valid_to IS NULL
    LEFT JOIN node t ON t.id = e.to_id
    WHERE s.edge_id IS NULL OR e.id IS NOT NULL`;
  return new Map(rows.map((row) => [row.ref, factsOf(row)]));
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

function factsOf(row: FactRow): SubjectFacts {
  return {
    subject: {
      type: row.edgeKind !== null ? 'permission' : row.kind === 'credential' ? 'credential' : 'identity',
      key: row.key,
      name: row.name,
      kind: row.kind,
      provider: row.provider,
      tenant: row.tenant,
      environment: row.environment,
      thingType: row.thingType,
      sensitivity: row.sensitivity,
      purpose: row.purpose,
      createdAt: iso(row.createdAt),
      rotatedAt: iso(row.rotatedAt),
      expiresAt: iso(row.expiresAt),
      statedLastUse: iso(row.statedLastUse),
      boundTo: row.boundTo,
      runtimeAuthorised: row.runtimeAuthorised,
    },
    permission: row.edgeKind === null ? null : permissionOf(row, row.edgeKind),
    owner: row.ownerKey === null ? null : { key: row.ownerKey, name: row.ownerName ?? row.ownerKey },
  };
}

function permissionOf(row: FactRow, kind: EdgeKind): NonNullable<SubjectFacts['permission']> {
  const qualifier = row.qualifier ?? '';
  const conditional = row.conditional ?? false;
  return {
    kind,
    to: { key: row.toKey, name: row.toName, kind: row.toKind, sensitivity: row.toSensitivity },
    level: row.level,
    qualifier,
    conditional,
    limited: row.limited ?? false,
    sentence: hopSentence({
      fromName: row.name,
      kind,
      toName: row.toName,
      level: row.level,
      conditional,
      via: qualifier === '' ? null : qualifier,
    }),
  };
}

type GrantRow = {
  ref: number;
  total: number;
  kind: string;
  key: string;
  name: string;
  toKind: string;
  sensitivity: string | null;
  level: string | null;
  conditional: boolean;
  limited: boolean;
  via: string;
  count: number;
  lastAt: Date | null;
};

/**
 * What each subject is granted, the gravest first: of an identity or credential its own edges and those of the
 * permission sets bound to it; of a permission what the permission set at its right side grants.
 */
export async function loadGranted(
  tx: Tx,
  subjects: readonly Subject[],
): Promise<Map<number, ItemEvidence['granted']>> {
  const { refs, nodes, edges } = columns(subjects);
  const rows = await tx.$queryRaw<GrantRow[]>`
    WITH subject AS (
      SELECT * FROM unnest(${refs}::int[], ${nodes}::int[], ${edges}::int[]) AS s(ref, node_id, edge_id)
    ), holder AS (
      SELECT ref, node_id AS id, '' AS through FROM subject WHERE edge_id IS NULL
      UNION
      SELECT s.ref, a.to_id, p.name FROM subject s
      JOIN edge a ON a.from_id = s.node_id AND a.kind = 'attached' AND a.valid_to IS NULL
      JOIN node p ON p.id = a.to_id WHERE s.edge_id IS NULL
      UNION
      SELECT s.ref, e.to_id, p.name FROM subject s
      JOIN edge e ON e.id = s.edge_id AND e.kind IN ('attached', 'member_of') JOIN node p ON p.id = e.to_id
    ), granted AS (
      SELECT h.ref, g.kind::text AS kind, t.key, t.name, t.kind::text AS to_kind, t.sensitivity, g.level, g.conditional, g.limited,
        CASE WHEN h.through = '' THEN g.qualifier ELSE h.through END AS via, g.exercised_count, g.last_exercised,
        row_number() OVER (PARTITION BY h.ref ORDER BY t.sensitivity DESC NULLS LAST, g.level DESC NULLS LAST, t.key, g.id) AS rank,
        count(*) OVER (PARTITION BY h.ref)::int AS total
      FROM holder h JOIN edge g ON g.from_id = h.id AND g.valid_to IS NULL AND g.kind = ANY(${[...GRANTED_KINDS]}::edge_kind[])
      JOIN node t ON t.id = g.to_id
    )
    SELECT ref, total, kind, key, name, to_kind AS "toKind", sensitivity::text AS sensitivity, level::text AS level,
      conditional, limited, via, exercised_count::int AS count, last_exercised AS "lastAt"
    FROM granted WHERE rank <= ${GRANTED_SHOWN} ORDER BY ref, rank`;
  return new Map(
    [...Map.groupBy(rows, (row) => row.ref)].map(([ref, group]) => [
      ref,
      { total: group[0]?.total ?? 0, shown: group.map(grantOf) },
    ]),
  );
}

const grantOf = (row: GrantRow): ItemEvidence['granted']['shown'][number] => ({
  kind: row.kind,
  to: { key: row.key, name: row.name, kind: row.toKind, sensitivity: row.sensitivity },
  level: row.level,
  conditional: row.conditional,
  limited: row.limited,
  via: row.via,
  exercised: row.lastAt === null ? null : { count: row.count, lastAt: row.lastAt.toISOString() },
});

export type Thing = { key: string; name: string; kind: string; owner: { key: string; name: string } | null };

/** Names and owners of nodes by id. */
export async function loadThings(tx: Tx, ids: readonly number[]): Promise<Map<number, Thing>> {
  const rows = await tx.$queryRaw<
    {
      id: number;
      key: string;
      name: string;
      kind: string;
      ownerKey: string | null;
      ownerName: string | null;
    }[]
  >`
    SELECT n.id, n.key, n.name, n.kind::text AS kind, o.key AS "ownerKey", o.name AS "ownerName"
    FROM node n LEFT JOIN node o ON o.id = n.owner_id WHERE n.id = ANY(${[...new Set(ids)]}::int[])`;
  return new Map(
    rows.map(({ id, ownerKey, ownerName, ...thing }) => [
      id,
      { ...thing, owner: ownerKey === null ? null : { key: ownerKey, name: ownerName ?? ownerKey } },
    ]),
  );
}

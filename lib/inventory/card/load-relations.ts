import { db } from '#lib/db/client.ts';
import type { EdgeKind } from '#lib/ontology/edge-kinds.ts';
import { CLASS_OF, watchedTable, type WatchedClass } from '#lib/usage/watched-classes.ts';
import type { CredentialView, RelationView } from '../card-schema.ts';
import { LAST_USED, LIFETIME, USE_STATE } from '../node-conditions.ts';
import { endOf, loadEnds } from './load-ends.ts';

const RELATIONS_MAX = 60;
const CREDENTIALS_MAX = 50;

/** Live relations beside permissions, credentials and use, which stand in lists of their own: who runs as it, who may act as it, membership, containment, exposure. */
export async function loadRelations(id: number): Promise<{ relations: RelationView[]; more: number }> {
  const rows = await db().$queryRaw<
    {
      id: number;
      kind: EdgeKind;
      fromId: number;
      toId: number;
      via: string | null;
      last: Date | null;
      count: bigint;
      total: number;
    }[]
  >`
    SELECT e.id, e.kind::text AS kind, e.from_id AS "fromId", e.to_id AS "toId", nullif(e.qualifier, '') AS via,
      e.last_exercised AS last, e.exercised_count AS count, count(*) OVER ()::int AS total
    FROM edge e
    WHERE e.valid_to IS NULL AND e.derived_from IS NULL AND (
      (e.to_id = ${id} AND e.kind NOT IN ('calls', 'delegates', 'grants', 'authenticates'))
      OR (e.from_id = ${id} AND e.kind IN ('runs_as', 'assumes', 'member_of', 'escalates', 'hosts', 'contains', 'exposes', 'owns', 'authenticates')))
    ORDER BY array_position(ARRAY['owns','runs_as','assumes','escalates','holds','authenticates','hosts','exposes','member_of',
      'attached','grants','contains'], e.kind::text), e.last_exercised DESC NULLS LAST, e.id LIMIT ${RELATIONS_MAX}`;
  const ends = await loadEnds(rows.flatMap((row) => [row.fromId, row.toId]));
  return {
    more: (rows[0]?.total ?? 0) - rows.length,
    relations: rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      direction: row.fromId === id ? 'from' : 'into',
      other: endOf(ends, row.fromId === id ? row.toId : row.fromId),
      via: row.via,
      lastExercised: row.last?.toISOString() ?? null,
      count: Number(row.count),
    })),
  };
}

type CredentialRow = Omit<CredentialView, 'createdAt' | 'rotatedAt' | 'expiresAt' | 'lastUsed'> &
  Record<'createdAt' | 'rotatedAt' | 'expiresAt' | 'lastUsed', Date | null>;

/** Credentials that prove to be the node, and those that it holds. */
export async function loadCredentials(
  id: number,
  classes: readonly WatchedClass[],
): Promise<CredentialView[]> {
  const rows = await db().$queryRaw<CredentialRow[]>`
    WITH ${watchedTable(classes)}, related AS (
      SELECT e.from_id AS id, 'proves' AS relation FROM edge e
      WHERE e.to_id = ${id} AND e.kind = 'authenticates' AND e.valid_to IS NULL
      UNION SELECT e.to_id, 'holds' FROM edge e WHERE e.from_id = ${id} AND e.kind = 'holds' AND e.valid_to IS NULL)
    SELECT n.id, n.key, n.name, n.kind::text AS kind, n.type, max(r.relation) AS relation, ${LIFETIME} AS lifetime,
      n.created_at AS "createdAt", n.rotated_at AS "rotatedAt", n.expires_at AS "expiresAt", ${LAST_USED} AS "lastUsed",
      ${USE_STATE} AS use
    FROM related r JOIN node n ON n.id = r.id LEFT JOIN watched w ON w.name = ${CLASS_OF}
    GROUP BY n.id, w.name ORDER BY max(r.relation) DESC, n.name, n.id LIMIT ${CREDENTIALS_MAX}`;
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt?.toISOString() ?? null,
    rotatedAt: row.rotatedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    lastUsed: row.lastUsed?.toISOString() ?? null,
  }));
}

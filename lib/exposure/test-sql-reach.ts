import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { ACCESS_LEVELS, EDGE_KINDS, type EdgeKindRule } from '#lib/ontology/edge-kinds.ts';

export type SqlReached = { id: number; hops: number; level: number };
export type SqlScope = {
  mode: 'granted' | 'exercised';
  conditional: boolean;
  withoutEdges?: readonly number[];
  withoutNodes?: readonly number[];
};

/** Beyond it no test looks; it only ends the recursion on cycles. */
export const SQL_HOPS_MAX = 12;

/**
 * The forward reach a second time, as a recursion in SQL over (node, level): what Postgres itself says an attacker reaches.
 * Levels count from 1 (read) to 4 (admin); whatever is no resource is held at 4.
 */
export async function sqlReach(startId: number, scope: SqlScope): Promise<SqlReached[]> {
  const rules = Object.entries(EDGE_KINDS as Record<string, EdgeKindRule>).map(([kind, rule]) => {
    const carries = scope.mode === 'granted' ? (rule.granted ? 'always' : 'never') : rule.exercised;
    return Prisma.sql`(${kind}::text, ${carries}::text, ${rule.needs === null ? 1 : ACCESS_LEVELS[rule.needs]}::int, ${rule.carriesLevel}::boolean)`;
  });
  return db().$queryRaw<SqlReached[]>`
    WITH RECURSIVE rule(kind, carries, needs, has_level) AS (VALUES ${Prisma.join(rules)}),
    step AS (
      SELECT e.from_id, e.to_id,
        CASE WHEN f.kind = 'resource' THEN r.needs ELSE 1 END AS needs,
        CASE WHEN t.kind <> 'resource' OR NOT r.has_level THEN 4
          ELSE COALESCE(array_position(ARRAY['read', 'use', 'write', 'admin'], e.level::text), 1) END AS gives
      FROM edge e JOIN rule r ON r.kind = e.kind::text JOIN node f ON f.id = e.from_id JOIN node t ON t.id = e.to_id
      WHERE e.valid_to IS NULL AND f.valid_to IS NULL AND t.valid_to IS NULL
        AND (r.carries = 'always' OR (r.carries = 'observed' AND e.last_exercised IS NOT NULL))
        AND (${scope.conditional}::boolean OR NOT e.conditional)
        AND NOT e.id = ANY(${[...(scope.withoutEdges ?? [])]}::int[])
        AND NOT e.to_id = ANY(${[...(scope.withoutNodes ?? [])]}::int[])
    ),
    reach(id, level, hops) AS (
      SELECT ${startId}::int, 4, 0
      UNION
      SELECT s.to_id, s.gives, r.hops + 1 FROM reach r JOIN step s ON s.from_id = r.id AND r.level >= s.needs
      WHERE r.hops < ${SQL_HOPS_MAX}
    )
    SELECT id, min(hops)::int AS hops, max(level)::int AS level FROM reach WHERE id <> ${startId} GROUP BY id ORDER BY id`;
}

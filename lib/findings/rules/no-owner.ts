import { OUR_IDENTITY } from '../conditions.ts';
import { evidenceOf, type Rule } from '../rule.ts';

type Row = {
  nodeId: number;
  isProduction: boolean;
  suggestion: string | null;
  suggestionKey: string | null;
  evidence: string | null;
  sensitive: { key: string; name: string; level: string }[] | null;
};

/** An identity without an accepted owner; how grave it is depends on what it may do. */
export const noOwner: Rule = {
  id: 'no-owner',
  title: 'No accountable owner',
  why: 'Nobody can say whether it is still needed, attest it, or be asked before it is revoked.',
  remedy: 'Accept a suggested owner in Ownership, or name one; offboard what nobody claims.',
  references: ['NHI1:2025', 'ASI04', 'ASI10', 'GV.RR-02', 'ID.AM-08'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH candidate AS (
        SELECT n.id, (n.environment = 'production') IS TRUE AS "isProduction" FROM node n WHERE n.owner_id IS NULL AND ${OUR_IDENTITY}),
      holder AS (
        SELECT id, id AS holder FROM candidate
        UNION SELECT c.id, b.to_id FROM candidate c JOIN edge b ON b.from_id = c.id AND b.kind IN ('attached', 'member_of') AND b.valid_to IS NULL),
      sensitive AS (
        SELECT h.id, json_agg(DISTINCT jsonb_build_object('key', t.key, 'name', t.name, 'level', g.level)) AS targets
        FROM holder h JOIN edge g ON g.from_id = h.holder AND g.kind = 'grants' AND g.valid_to IS NULL
        JOIN node t ON t.id = g.to_id AND t.sensitivity IN ('restricted', 'crown_jewel') GROUP BY 1)
      SELECT c.id AS "nodeId", c."isProduction", o.name AS suggestion, o.key AS "suggestionKey", best.evidence, s.targets AS sensitive
      FROM candidate c LEFT JOIN sensitive s ON s.id = c.id
      LEFT JOIN LATERAL (SELECT k.owner_id, k.evidence FROM ownership_claim k WHERE k.node_id = c.id AND k.state = 'suggested'
        ORDER BY k.confidence DESC, k.id LIMIT 1) best ON true
      LEFT JOIN node o ON o.id = best.owner_id ORDER BY 1`;
    return rows.map((row) => {
      const sensitive = row.sensitive ?? [];
      return {
        nodeId: row.nodeId,
        severity: sensitive.length > 0 && row.isProduction ? 'high' : row.isProduction ? 'medium' : 'low',
        evidence: evidenceOf(
          `Nobody answers for it${sensitive.length > 0 ? `, and it may ${sensitive[0]?.level ?? 'use'} ${sensitive[0]?.name ?? ''}${sensitive.length > 1 ? ` and ${sensitive.length - 1} more that are restricted` : ', which is restricted'}` : ''}.`,
          [
            row.suggestion === null || row.suggestionKey === null
              ? { text: 'No source hints at an owner.' }
              : { key: row.suggestionKey, text: `Suggested: ${row.suggestion}. ${row.evidence ?? ''}` },
            ...sensitive.map((one) => ({
              key: one.key,
              text: `It may ${one.level} ${one.name}, which is restricted or a crown jewel.`,
            })),
          ],
        ),
      };
    });
  },
};

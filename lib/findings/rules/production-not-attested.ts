import { OUR_IDENTITY, PRODUCTION } from '../conditions.ts';
import { day, evidenceOf, plural, type Rule } from '../rule.ts';

type Target = { key: string; name: string; level: string; sensitivity: string };
type Row = { nodeId: number; attestedUntil: Date | null; targets: Target[] };

/** An identity of production that may change what is restricted, without an owner's attestation that still holds. */
export const productionNotAttested: Rule = {
  id: 'production-not-attested',
  title: 'Production access without an attestation in date',
  why: 'The access to what matters most rests on a decision that nobody has confirmed.',
  remedy: 'Put it into a campaign, so that its owner attests it with a reason or asks for its revocation.',
  references: ['NHI5:2025', 'GV.RR-02', 'PR.AA-05', 'ID.RA-05'],
  find: async ({ tx, now }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH candidate AS (
        SELECT n.id, n.attested_until FROM node n
        WHERE ${OUR_IDENTITY} AND ${PRODUCTION} AND (n.attested_until IS NULL OR n.attested_until < ${now})),
      holder AS (
        SELECT id, id AS holder FROM candidate
        UNION SELECT c.id, b.to_id FROM candidate c JOIN edge b ON b.from_id = c.id AND b.kind IN ('attached', 'member_of') AND b.valid_to IS NULL)
      SELECT c.id AS "nodeId", c.attested_until AS "attestedUntil",
        json_agg(DISTINCT jsonb_build_object('key', t.key, 'name', t.name, 'level', g.level, 'sensitivity', t.sensitivity)) AS targets
      FROM candidate c JOIN holder h ON h.id = c.id
      JOIN edge g ON g.from_id = h.holder AND g.kind = 'grants' AND g.valid_to IS NULL AND g.level IN ('write', 'admin')
      JOIN node t ON t.id = g.to_id AND t.sensitivity IN ('restricted', 'crown_jewel')
      GROUP BY 1, 2 ORDER BY 1`;
    return rows.map(({ nodeId, attestedUntil, targets }) => ({
      nodeId,
      severity: targets.some((target) => target.sensitivity === 'crown_jewel') ? 'high' : 'medium',
      evidence: evidenceOf(
        `It may change ${plural(targets.length, 'restricted resource')} and ${attestedUntil === null ? 'was never attested' : `its attestation ended on ${day(attestedUntil)}`}.`,
        targets.map((target) => ({
          key: target.key,
          text: `It may ${target.level === 'admin' ? 'administer' : 'write to'} ${target.name} (${target.sensitivity.replace('_', ' ')}).`,
        })),
      ),
    }));
  },
};

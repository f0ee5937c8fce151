import { evidenceOf, plural, type Rule } from '../rule.ts';

type Grant = {
  key: string;
  name: string;
  level: string | null;
  sensitivity: string | null;
  kind: string;
  via: string;
};
type Row = { nodeId: number; grants: Grant[] };

/** A third party that may administer something, change something restricted, or take on a role of ours unconditionally. */
export const broadThirdParty: Rule = {
  id: 'broad-third-party',
  title: 'Broad third-party access',
  why: 'A breach of the vendor is a breach of everything that its grant opens, and its security is not in our hands.',
  remedy:
    'Cut the grant down to what is used, ask for short-lived tokens and an external id as a condition, and review it more often than our own.',
  references: ['NHI3:2025', 'ASI03', 'ASI04', 'PR.AA-05', 'DE.CM-06'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT n.id AS "nodeId", json_agg(json_build_object('key', t.key, 'name', t.name, 'level', e.level, 'sensitivity', t.sensitivity,
        'kind', e.kind, 'via', e.qualifier) ORDER BY e.level DESC NULLS LAST, t.sensitivity DESC NULLS LAST, t.key, e.id) AS grants
      FROM node n JOIN edge e ON e.from_id = n.id AND e.valid_to IS NULL AND e.derived_from IS NULL JOIN node t ON t.id = e.to_id
      WHERE n.kind = 'integration' AND n.valid_to IS NULL AND NOT n.managed AND (
        (e.kind = 'grants' AND (e.level = 'admin' OR (e.level = 'write' AND t.sensitivity IN ('restricted', 'crown_jewel'))))
        OR (e.kind = 'assumes' AND NOT e.conditional AND n.provider = t.provider AND n.tenant IS DISTINCT FROM t.tenant))
      GROUP BY 1 ORDER BY 1`;
    return rows.map(({ nodeId, grants }) => {
      const isGrave = grants.some(
        (one) => one.sensitivity === 'restricted' || one.sensitivity === 'crown_jewel',
      );
      return {
        nodeId,
        severity: isGrave ? 'high' : 'medium',
        evidence: evidenceOf(
          `A third party holds ${plural(grants.length, 'broad permission')}: ${wordsOf(grants[0])}${grants.length > 1 ? ' and others' : ''}.`,
          grants.map((grant) => ({
            key: grant.key,
            text: `It may ${wordsOf(grant)}${grant.via === '' ? '' : ` (${grant.via})`}.`,
          })),
        ),
      };
    });
  },
};

function wordsOf(grant: Grant | undefined): string {
  if (grant === undefined) return 'nothing';
  if (grant.kind === 'assumes') return `act as ${grant.name} without a condition`;
  return `${grant.level === 'admin' ? 'administer' : (grant.level ?? 'use')} ${grant.name}`;
}

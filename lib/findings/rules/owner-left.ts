import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, evidenceOf, type Rule } from '../rule.ts';

type Claim = {
  state: string;
  evidence: string;
  ownerKey: string;
  ownerName: string;
  hasLeft: boolean;
  leftOn: string | null;
};
type Row = {
  nodeId: number;
  wasAccepted: boolean;
  isProduction: boolean;
  claims: Claim[];
  credentials: { key: string; name: string }[] | null;
};

/**
 * What bears the name of somebody who left, or of a team that no source describes, and has no living owner beside.
 * People on leave have not left.
 */
export const ownerLeft: Rule = {
  id: 'owner-left',
  title: 'Its owner has left or does not exist',
  why: 'Nobody answers for it, though the records say that somebody does: no question about it will ever be answered.',
  remedy:
    'Name an owner among those who use or run it, or offboard it; then correct the record that still names the old one.',
  references: ['NHI1:2025', 'ASI04', 'ASI10', 'GV.RR-02', 'ID.AM-08'],
  find: async ({ tx, now }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH party AS (
        -- A key that a source states to be another name of somebody is judged by that somebody.
        SELECT o.id, r.key, r.name, r.kind, r.standing,
          (r.valid_to IS NOT NULL OR 'left' IN (lower(r.labels->>'employment'), lower(r.props->>'employment'))
            OR (r.props->>'leftOn' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}' AND substr(r.props->>'leftOn', 1, 10) <= to_char(${now}::timestamptz, 'YYYY-MM-DD')))
            IS TRUE AS "hasLeft",
          r.props->>'leftOn' AS "leftOn"
        FROM node o LEFT JOIN node_alias a ON a.alias = o.key JOIN node r ON r.id = coalesce(a.node_id, o.id)
        WHERE o.kind IN ('team', 'person')),
      open_claim AS (
        SELECT c.node_id, c.state::text AS state, c.evidence, p.key AS "ownerKey", p.name AS "ownerName", p."hasLeft", p."leftOn",
          p."hasLeft" OR p.standing <> 'inventory' AS lost
        FROM ownership_claim c JOIN party p ON p.id = c.owner_id WHERE c.state IN ('suggested', 'accepted', 'disputed')),
      abandoned AS (
        SELECT node_id FROM open_claim GROUP BY 1
        HAVING bool_or(lost) AND NOT bool_or(state = 'accepted' AND NOT lost) AND (bool_or("hasLeft") OR bool_and(lost)))
      SELECT n.id AS "nodeId", bool_or(c.state = 'accepted' AND c.lost) AS "wasAccepted",
        (n.environment = 'production') IS TRUE AS "isProduction",
        json_agg(json_build_object('state', c.state, 'evidence', c.evidence, 'ownerKey', c."ownerKey", 'ownerName', c."ownerName",
          'hasLeft', c."hasLeft", 'leftOn', c."leftOn") ORDER BY c."hasLeft" DESC, c."ownerKey", c.evidence) FILTER (WHERE c.lost) AS claims,
        (SELECT json_agg(json_build_object('key', cred.key, 'name', cred.name) ORDER BY cred.key) FROM (
          SELECT n.key, n.name FROM edge e JOIN node AS holder ON holder.id = e.to_id JOIN node n ON n.id = e.from_id
          WHERE e.to_id = c.node_id AND e.kind = 'authenticates' AND e.valid_to IS NULL AND ${LIVE_CREDENTIAL}) cred) AS credentials
      FROM abandoned x JOIN node n ON n.id = x.node_id JOIN open_claim c ON c.node_id = x.node_id
      WHERE n.valid_to IS NULL AND NOT n.managed
        AND n.kind IN ('service', 'agent', 'pipeline', 'integration', 'service_account', 'role', 'credential')
      GROUP BY n.id, c.node_id ORDER BY n.id`;
    return rows.map(({ nodeId, wasAccepted, isProduction, claims, credentials }) => {
      const left = claims.find((claim) => claim.hasLeft);
      const named = [...new Set(claims.map((claim) => claim.ownerName))].join(', ');
      return {
        nodeId,
        severity: wasAccepted || (left && isProduction) ? 'high' : left ? 'medium' : 'low',
        evidence: evidenceOf(
          left
            ? `${left.ownerName}, who is named as its owner, has left.`
            : `It names ${named} as its owner, which no source describes.`,
          [
            ...claims.map((claim) => ({
              key: claim.ownerKey,
              text: claim.hasLeft
                ? `${claim.ownerName} left${claim.leftOn === null ? '' : ` on ${day(claim.leftOn)}`}; ${claim.evidence}`
                : `${claim.ownerName} is a mere name; ${claim.evidence}`,
            })),
            ...(credentials ?? []).map((one) => ({
              key: one.key,
              text: `${one.name} proves to be it and still works.`,
            })),
          ],
        ),
      };
    });
  },
};

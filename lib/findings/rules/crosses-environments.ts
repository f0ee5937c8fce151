import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, evidenceOf, type Rule } from '../rule.ts';

type Party = {
  key: string;
  name: string;
  environment: string;
  holds: boolean;
  count: number;
  first: string | null;
  last: string | null;
};
type Row = { nodeId: number; isProduction: boolean; reach: string | null; parties: Party[] };

/**
 * A credential of production in the hands of another environment, or one of another environment that production uses.
 * What opens nothing but public resources is meant to be used from anywhere.
 */
export const crossesEnvironments: Rule = {
  id: 'crosses-environments',
  title: 'Credential crosses production and non-production',
  why: 'Staging is guarded less and changed more. Whoever gets into it gets the access of production with the credential.',
  remedy:
    'Issue a credential of its own for each environment, with permissions on that environment alone, and rotate this one.',
  references: ['NHI8:2025', 'ASI08', 'ASI07', 'PR.AA-05'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH candidate AS (
        SELECT n.id, n.environment = 'production' AS production FROM node n
        WHERE ${LIVE_CREDENTIAL} AND n.environment IN ('production', 'staging', 'development', 'test')),
      used AS (
        SELECT u.credential_id, u.actor_id, sum(u.allowed)::int AS count, min(u.first_at) AS first, max(u.last_at) AS last
        FROM usage_day u JOIN candidate c ON c.id = u.credential_id WHERE u.allowed > 0 GROUP BY 1, 2),
      held AS (
        SELECT DISTINCT e.to_id AS credential_id, e.from_id AS actor_id FROM edge e JOIN candidate c ON c.id = e.to_id
        WHERE e.kind = 'holds' AND e.valid_to IS NULL),
      party AS (
        SELECT coalesce(h.credential_id, u.credential_id) AS credential_id, coalesce(h.actor_id, u.actor_id) AS actor_id,
          h.actor_id IS NOT NULL AS holds, coalesce(u.count, 0) AS count, u.first, u.last
        FROM held h FULL JOIN used u USING (credential_id, actor_id)),
      crossing AS (
        SELECT p.*, c.production, n.key, n.name, n.environment FROM party p JOIN candidate c ON c.id = p.credential_id
        JOIN node n ON n.id = p.actor_id
        WHERE n.valid_to IS NULL AND n.environment IN ('production', 'staging', 'development', 'test')
          AND (n.environment = 'production') <> c.production AND (c.production OR p.count > 0)),
      opened AS (
        SELECT c.id, string_agg(DISTINCT t.name, ', ' ORDER BY t.name) FILTER (WHERE t.sensitivity IS DISTINCT FROM 'public') AS reach
        FROM (SELECT DISTINCT credential_id AS id FROM crossing) c
        JOIN edge a ON a.from_id = c.id AND a.kind = 'authenticates' AND a.valid_to IS NULL
        JOIN edge g ON g.kind = 'grants' AND g.valid_to IS NULL AND (g.from_id = a.to_id OR g.from_id IN (
          SELECT b.to_id FROM edge b WHERE b.from_id = a.to_id AND b.kind = 'attached' AND b.valid_to IS NULL))
        JOIN node t ON t.id = g.to_id GROUP BY 1)
      SELECT x.credential_id AS "nodeId", x.production AS "isProduction", o.reach,
        json_agg(json_build_object('key', x.key, 'name', x.name, 'environment', x.environment, 'holds', x.holds, 'count', x.count,
          'first', x.first, 'last', x.last) ORDER BY x.key) AS parties
      FROM crossing x LEFT JOIN opened o ON o.id = x.credential_id WHERE o.reach IS NOT NULL OR o.id IS NULL
      GROUP BY 1, 2, 3 ORDER BY 1`;
    return rows.map(({ nodeId, isProduction, reach, parties }) => {
      const names = parties.map((party) => party.name).join(', ');
      const isUsed = parties.some((party) => party.count > 0);
      return {
        nodeId,
        severity: isProduction ? (isUsed ? 'critical' : 'high') : 'medium',
        evidence: evidenceOf(
          isProduction
            ? `It belongs to production and is ${isUsed ? 'used' : 'held'} by ${names}.`
            : `It does not belong to production and is ${isUsed ? 'used' : 'held'} by ${names}, which does.`,
          [
            ...parties.map((party) => ({
              key: party.key,
              text: `${party.name} (${party.environment}) ${party.holds ? 'holds it' : 'presents it'}${
                party.first !== null && party.last !== null
                  ? `, and used it ${party.count.toLocaleString('en')} times from ${day(party.first)} to ${day(party.last)}`
                  : ''
              }.`,
            })),
            ...(reach === null ? [] : [{ text: `What it opens: ${shorten(reach)}.` }]),
          ],
        ),
      };
    });
  },
};

const TEXT_MAX = 300;
const shorten = (text: string): string => (text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text);

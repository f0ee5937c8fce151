import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, daysBetween, evidenceOf, plural, type Rule } from '../rule.ts';

type Credential = { key: string; name: string; count: number; last: string | null };
type Target = { key: string; name: string; level: string; sensitivity: string | null };
type Row = { nodeId: number; ended: Date; credentials: Credential[]; targets: Target[] | null };

/** A third party whose contract has ended still holds a credential that opens something. */
export const outlivedContract: Rule = {
  id: 'outlived-contract',
  title: 'Third-party grant that outlived its contract',
  why: 'Nothing obliges the vendor any more to guard what it still reads, and nobody looks at it.',
  remedy: 'Revoke the grant and its secrets; if the contract was renewed, record its new end.',
  references: ['NHI1:2025', 'NHI3:2025', 'ASI04', 'ID.AM-08', 'DE.CM-06'],
  find: async ({ tx, now }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH ended AS (
        SELECT n.id, n.expires_at AS ended FROM node n
        WHERE n.kind = 'integration' AND n.valid_to IS NULL AND n.expires_at <= ${now}),
      live AS (
        SELECT x.id, x.ended, n.id AS credential_id, n.key, n.name, n.type,
          coalesce((SELECT sum(u.allowed)::int FROM usage_day u WHERE u.credential_id = n.id AND u.last_at > x.ended), 0) AS count,
          (SELECT max(u.last_at) FROM usage_day u WHERE u.credential_id = n.id AND u.allowed > 0) AS last
        FROM ended x JOIN edge e ON e.to_id = x.id AND e.kind = 'authenticates' AND e.valid_to IS NULL JOIN node n ON n.id = e.from_id
        WHERE ${LIVE_CREDENTIAL}),
      target AS (
        SELECT g.from_id AS id, json_agg(json_build_object('key', t.key, 'name', t.name, 'level', g.level, 'sensitivity', t.sensitivity)
          ORDER BY t.sensitivity DESC NULLS LAST, t.key) AS targets
        FROM edge g JOIN node t ON t.id = g.to_id WHERE g.kind = 'grants' AND g.valid_to IS NULL AND g.from_id IN (SELECT id FROM ended)
        GROUP BY 1)
      SELECT l.id AS "nodeId", l.ended, json_agg(json_build_object('key', l.key, 'name', l.name, 'count', l.count, 'last', l.last)
        ORDER BY l.count DESC, l.key) AS credentials, (SELECT targets FROM target WHERE target.id = l.id) AS targets
      FROM live l GROUP BY 1, 2
      -- A client secret opens nothing by itself once every grant has ended.
      HAVING bool_or(l.count > 0)
        OR (bool_or(l.type IS DISTINCT FROM 'client_secret') AND EXISTS (SELECT FROM target WHERE target.id = l.id)) ORDER BY 1`;
    return rows.map(({ nodeId, ended, credentials, targets }) => {
      const uses = credentials.reduce((sum, one) => sum + one.count, 0);
      return {
        nodeId,
        severity: uses > 0 ? 'high' : 'medium',
        evidence: evidenceOf(
          `Its contract ended ${plural(daysBetween(ended, now), 'day')} ago${uses > 0 ? `; its credentials were used ${plural(uses, 'time')} since` : '; its credentials still work'}.`,
          [
            { text: `The contract ended on ${day(ended)}.`, at: ended.toISOString() },
            ...credentials.map((one) => ({
              key: one.key,
              text: `${one.name} still works${one.count > 0 && one.last !== null ? `: used ${plural(one.count, 'time')} since the contract ended, last on ${day(one.last)}` : ''}.`,
            })),
            ...(targets ?? []).map((one) => ({ key: one.key, text: `It may ${one.level} ${one.name}.` })),
          ],
        ),
      };
    });
  },
};

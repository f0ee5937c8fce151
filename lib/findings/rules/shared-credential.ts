import { LIVE_CREDENTIAL } from '../conditions.ts';
import { day, evidenceOf, plural, type Rule } from '../rule.ts';

type Row = {
  nodeId: number;
  isProduction: boolean;
  users: { key: string; name: string; kind: string; count: number; last: string | null; holds: boolean }[];
};

/**
 * One credential in the hands of several workloads of one environment. Whether it also crosses environments is another
 * question: two holders, each of its own environment, are left to that rule.
 */
export const sharedCredential: Rule = {
  id: 'shared-credential',
  title: 'One credential shared by several workloads',
  why: 'Nobody can tell who acted, no use can be narrowed to one task, and revoking it breaks all of them at once.',
  remedy:
    'Give each workload a credential of its own, move them over one by one while the usage shows who is left, then revoke this one.',
  references: ['NHI9:2025', 'ASI08', 'ASI04', 'PR.AA-01', 'PR.AA-05'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      WITH candidate AS (SELECT n.id, n.environment FROM node n WHERE ${LIVE_CREDENTIAL}),
      used AS (
        SELECT u.credential_id, u.actor_id, sum(u.allowed)::int AS count, max(u.last_at) AS last
        FROM usage_day u JOIN candidate c ON c.id = u.credential_id WHERE u.allowed > 0 GROUP BY 1, 2),
      held AS (
        SELECT e.to_id AS credential_id, e.from_id AS actor_id FROM edge e JOIN candidate c ON c.id = e.to_id
        WHERE e.kind = 'holds' AND e.valid_to IS NULL),
      party AS (
        SELECT coalesce(h.credential_id, u.credential_id) AS credential_id, coalesce(h.actor_id, u.actor_id) AS actor_id,
          coalesce(u.count, 0) AS count, u.last, h.actor_id IS NOT NULL AS holds
        FROM held h FULL JOIN used u USING (credential_id, actor_id)),
      -- The account it proves to be is not one more user, and a store that keeps it is none at all.
      workload AS (
        SELECT p.*, n.key, n.name, n.kind::text AS kind, coalesce(n.environment, '') AS environment FROM party p JOIN node n ON n.id = p.actor_id
        WHERE n.valid_to IS NULL AND n.kind IN ('service', 'agent', 'pipeline', 'integration', 'person')),
      crowded AS (
        SELECT DISTINCT credential_id FROM workload GROUP BY credential_id, environment HAVING count(*) > 1)
      SELECT w.credential_id AS "nodeId", bool_or(c.environment = 'production') IS TRUE AS "isProduction",
        json_agg(json_build_object('key', w.key, 'name', w.name, 'kind', w.kind, 'count', w.count, 'last', w.last, 'holds', w.holds)
          ORDER BY w.count DESC, w.key) AS users
      FROM workload w JOIN crowded USING (credential_id) JOIN candidate c ON c.id = w.credential_id
      GROUP BY 1 ORDER BY 1`;
    return rows.map(({ nodeId, isProduction, users }) => {
      const seen = users.filter((user) => user.count > 0).length;
      return {
        nodeId,
        severity: isProduction && seen > 1 ? 'high' : 'medium',
        evidence: evidenceOf(
          `${plural(users.length, 'workload')} ${seen > 1 ? `hold or use it; ${seen} were seen using it` : 'hold it'}.`,
          users.map((user) => ({
            key: user.key,
            text: `${user.name} ${user.holds ? 'holds it' : 'presents it though no source says that it holds it'}${
              user.count > 0 && user.last !== null
                ? ` and used it ${plural(user.count, 'time')}, last on ${day(user.last)}`
                : ''
            }.`,
            ...(user.last === null ? {} : { at: user.last }),
          })),
        ),
      };
    });
  },
};

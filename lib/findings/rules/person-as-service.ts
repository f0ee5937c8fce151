import { day, evidenceOf, plural, type Rule } from '../rule.ts';

type Use = { key: string; name: string; count: number; first: string; last: string };
type Row = { nodeId: number; isProduction: boolean; uses: Use[] };

/** People were seen acting as an identity that a workload runs with. */
export const personAsService: Rule = {
  id: 'person-as-service',
  title: 'A person uses a service identity',
  why: 'What the person did looks like the service did it, skips their own limits and second factor, and cannot be told apart afterwards.',
  remedy: 'Give the person a role of their own for the task, and let only the workload take on this one.',
  references: ['NHI10:2025', 'ASI09', 'PR.AA-03', 'DE.CM-03'],
  find: async ({ tx }) => {
    const rows = await tx.$queryRaw<Row[]>`
      SELECT n.id AS "nodeId", (n.environment = 'production') IS TRUE AS "isProduction",
        json_agg(json_build_object('key', p.key, 'name', p.name, 'count', e.exercised_count, 'first', e.first_exercised,
          'last', e.last_exercised) ORDER BY e.exercised_count DESC, p.key) AS uses
      FROM edge e JOIN node p ON p.id = e.from_id AND p.kind = 'person' JOIN node n ON n.id = e.to_id
      WHERE e.kind IN ('assumes', 'calls') AND e.valid_to IS NULL AND e.last_exercised IS NOT NULL AND e.exercised_count > 0
        AND n.valid_to IS NULL AND NOT n.managed AND n.kind IN ('service_account', 'role')
        AND EXISTS (SELECT FROM edge r JOIN node w ON w.id = r.from_id WHERE r.to_id = n.id AND r.kind = 'runs_as' AND r.valid_to IS NULL
          AND w.kind IN ('service', 'agent', 'pipeline', 'integration'))
      GROUP BY 1 ORDER BY 1`;
    return rows.map(({ nodeId, isProduction, uses }) => ({
      nodeId,
      severity: isProduction ? 'high' : 'medium',
      evidence: evidenceOf(
        `${plural(uses.length, 'person', 'people')} acted as it, which a workload runs with.`,
        uses.map((use) => ({
          key: use.key,
          text: `${use.name} acted as it ${plural(use.count, 'time')} from ${day(use.first)} to ${day(use.last)}.`,
          at: use.last,
        })),
      ),
    }));
  },
};

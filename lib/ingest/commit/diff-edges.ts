import { staged, touch, type Commit } from './context.ts';

/**
 * The same for edges: `t_edge(from_id, to_id, kind, qualifier, scope_id, live_id, outcome, …)` and `ended_edge(id)`. Where one
 * run states an edge twice, the widest reading holds: the highest level, unconditional, unlimited.
 */
export async function diffEdges(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE t_edge ON COMMIT DROP AS
     WITH said AS (
       SELECT f.id AS from_id, t.id AS to_id, s.kind, s.qualifier, rs.id AS scope_id, max(s.level) AS level,
         bool_and(s.conditional) AS conditional, bool_and(s.limited) AS limited,
         nullif(jsonb_merge(s.props ORDER BY s.record, s.ctid) FILTER (WHERE s.props IS NOT NULL), '{}') AS props,
         max(s.pattern_tenant) AS pattern_tenant, max(s.pattern_glob) AS pattern_glob
       FROM ${staged(commit, 'edge')} s JOIN ref f ON f.key = s.from_key JOIN ref t ON t.key = s.to_key
       LEFT JOIN run_scope rs ON rs.scope = s.scope
       WHERE f.id <> t.id
       GROUP BY 1, 2, 3, 4, 5),
     compared AS (
       SELECT said.*, live.id AS live_id, live.digest AS live_digest, live.valid_from > $2 AS too_late,
         fact_digest(concat_ws(' ', said.level, said.conditional, said.limited, said.props::text,
           said.pattern_tenant, said.pattern_glob)) AS digest
       FROM said LEFT JOIN edge live ON live.from_id = said.from_id AND live.to_id = said.to_id
         AND live.kind = said.kind AND live.qualifier = said.qualifier AND live.source_id = $1
         AND live.scope_id IS NOT DISTINCT FROM said.scope_id AND live.valid_to IS NULL AND live.derived_from IS NULL)
     SELECT *, CASE WHEN live_id IS NULL THEN 'added'
       -- An edge that was observed in the usage log is kept by observe-edges; its digest is 0.
       WHEN too_late OR digest = live_digest OR live_digest = 0 THEN 'same' ELSE 'changed' END AS outcome
     FROM compared`,
    [commit.sourceId, commit.asOf],
  );
  await touch(commit, 'ANALYZE t_edge');
  await touch(
    commit,
    `CREATE TEMP TABLE ended_edge ON COMMIT DROP AS
     SELECT e.id FROM edge e JOIN run_scope rs ON rs.id = e.scope_id AND rs.complete
     WHERE e.source_id = $1 AND e.valid_to IS NULL AND e.valid_from <= $2 AND e.derived_from IS NULL
       AND NOT EXISTS (SELECT FROM t_edge t WHERE t.live_id = e.id)`,
    [commit.sourceId, commit.asOf],
  );
}

export async function applyEdges(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE edge e SET valid_to = $1, run_to = $2
     WHERE e.id IN (SELECT live_id FROM t_edge WHERE outcome = 'changed' UNION ALL SELECT id FROM ended_edge)`,
    [commit.asOf, commit.runId],
  );
  await touch(
    commit,
    `INSERT INTO edge (from_id, to_id, kind, qualifier, level, conditional, limited, source_id, scope_id, run_from,
       valid_from, digest, props, pattern_tenant, pattern_glob)
     SELECT from_id, to_id, kind, qualifier, level, conditional, limited, $1, scope_id, $2,
       $3, digest, props, pattern_tenant, pattern_glob
     FROM t_edge WHERE outcome <> 'same'`,
    [commit.sourceId, commit.runId, commit.asOf],
  );
}

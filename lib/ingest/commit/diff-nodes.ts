import { staged, touch, type Commit } from './context.ts';

/**
 * Makes `run_scope(scope, id, complete, is_new)`. A scope counts as complete only when every statement of it says so and
 * nothing of the run was set aside: what could not be read might be what seems to be missing.
 */
export async function openScopes(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE run_scope ON COMMIT DROP AS
     SELECT named.scope, old.id, old.id IS NULL AS is_new,
       coalesce((SELECT bool_and(complete) FROM ${staged(commit, 'scope')} s WHERE s.scope = named.scope), false)
         AND NOT EXISTS (SELECT FROM ${staged(commit, 'reject')})
         AND NOT EXISTS (SELECT FROM ${staged(commit, 'file')} WHERE problem IS NOT NULL AND format IS NOT NULL) AS complete
     FROM (SELECT scope FROM ${staged(commit, 'scope')} UNION SELECT scope FROM ${staged(commit, 'node')}
           UNION SELECT scope FROM ${staged(commit, 'edge')}) named
     LEFT JOIN source_scope old ON old.source_id = $1 AND old.scope = named.scope
     WHERE named.scope IS NOT NULL`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `WITH made AS (
       INSERT INTO source_scope (source_id, scope) SELECT $1, scope FROM run_scope WHERE id IS NULL RETURNING id, scope)
     UPDATE run_scope r SET id = made.id FROM made WHERE made.scope = r.scope`,
    [commit.sourceId],
  );
}

/**
 * Compares what the run states of nodes with what the source said before. Makes `t_node(node_id, scope_id, live_id,
 * outcome, …)`, one row per node and scope, outcome `added`, `changed` or `same`, and `ended_node(id, node_id)`.
 *
 * In a complete scope the run's word replaces the old one. Elsewhere what it does not say stays: inventory overrides
 * member by member, a log or a mere mention only fills what is unknown, so that redelivery in any order ends the same.
 * Statements count in the order in which they were staged (their place in the table, where the record is the same). What is
 * said under the canonical key beats what is said under an alias of it.
 * A run that speaks of an earlier time than the live word changes nothing of it.
 */
export async function diffNodes(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE t_node ON COMMIT DROP AS
     WITH said AS (
       SELECT r.id AS node_id, rs.id AS scope_id, coalesce(rs.complete, false) AS complete,
         (array_agg(s.kind ORDER BY s.standing DESC, s.key = n.key DESC, s.record, s.ctid))[1] AS kind, max(s.standing) AS standing,
         jsonb_merge(s.fact ORDER BY s.standing, s.key = n.key, s.record, s.ctid) AS fact
       FROM ${staged(commit, 'node')} s JOIN ref r ON r.key = s.key JOIN node n ON n.id = r.id LEFT JOIN run_scope rs ON rs.scope = s.scope
       GROUP BY 1, 2, 3),
     merged AS (
       SELECT said.node_id, said.scope_id, live.id AS live_id, live.digest AS live_digest,
         live.valid_from > $2 AS too_late,
         CASE WHEN replaces OR outranks THEN said.kind ELSE live.kind END AS kind,
         CASE WHEN replaces THEN said.standing ELSE greatest(said.standing, live.standing) END AS standing,
         CASE WHEN replaces THEN said.fact WHEN outranks THEN live.fact || said.fact ELSE said.fact || live.fact END AS fact
       FROM said LEFT JOIN node_fact live ON live.node_id = said.node_id AND live.source_id = $1
         AND live.scope_id IS NOT DISTINCT FROM said.scope_id AND live.valid_to IS NULL
       CROSS JOIN LATERAL (SELECT live.id IS NULL OR said.complete AS replaces,
         said.standing > live.standing OR (said.standing = live.standing AND said.standing = 'inventory') AS outranks) how)
     SELECT node_id, scope_id, live_id, kind, standing, fact, digest,
       CASE WHEN live_id IS NULL THEN 'added' WHEN too_late OR digest = live_digest THEN 'same' ELSE 'changed' END AS outcome
     FROM (SELECT *, fact_digest(kind::text || standing::text || fact::text) AS digest FROM merged) d`,
    [commit.sourceId, commit.asOf],
  );
  await touch(commit, 'ANALYZE t_node');
  await touch(
    commit,
    `CREATE TEMP TABLE ended_node ON COMMIT DROP AS
     SELECT f.id, f.node_id FROM node_fact f JOIN run_scope rs ON rs.id = f.scope_id AND rs.complete
     WHERE f.source_id = $1 AND f.valid_to IS NULL AND f.valid_from <= $2
       AND NOT EXISTS (SELECT FROM t_node t WHERE t.live_id = f.id)`,
    [commit.sourceId, commit.asOf],
  );
}

export async function applyNodes(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE node_fact f SET valid_to = $1, run_to = $2
     WHERE f.id IN (SELECT live_id FROM t_node WHERE outcome = 'changed' UNION ALL SELECT id FROM ended_node)`,
    [commit.asOf, commit.runId],
  );
  await touch(
    commit,
    `INSERT INTO node_fact (node_id, source_id, scope_id, run_from, valid_from, kind, standing, digest, fact)
     SELECT node_id, $1, scope_id, $2, $3, kind, standing, digest, fact FROM t_node WHERE outcome <> 'same'`,
    [commit.sourceId, commit.runId, commit.asOf],
  );
}

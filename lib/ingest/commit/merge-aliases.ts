import { touch, type Commit } from './context.ts';

/**
 * A source has now stated that two keys are one thing, and both had become nodes before: all that is known of the node
 * under the alias moves to the canonical one, so that it does not matter which was learned first. An undo of the run takes
 * the alias back, not the move. Makes `merged_node(old_id, new_id)` and `moved_edge(id, …)`.
 */
export async function mergeAliases(commit: Commit): Promise<void> {
  const merged = await touch(
    commit,
    `CREATE TEMP TABLE merged_node ON COMMIT DROP AS
     SELECT n.id AS old_id, a.node_id AS new_id FROM node_alias a JOIN node n ON n.key = a.alias
     WHERE a.run_id = $1 AND a.node_id <> n.id`,
    [commit.runId],
  );
  await touch(commit, 'CREATE TEMP TABLE moved_edge (id int, from_id int, to_id int) ON COMMIT DROP');
  if (merged === 0) return;
  await touch(commit, 'CREATE UNIQUE INDEX ON merged_node (old_id)');
  await touch(commit, 'ANALYZE merged_node');
  await touch(
    commit,
    'UPDATE node_alias a SET node_id = m.new_id FROM merged_node m WHERE a.node_id = m.old_id',
  );
  await moveFacts(commit);
  await moveEdges(commit);
  await moveUsage(commit);
  await moveGovernance(commit);
}

async function moveFacts(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE node_fact f SET valid_to = greatest($1, f.valid_from), run_to = $2 FROM merged_node m
     WHERE f.node_id = m.old_id AND f.valid_to IS NULL AND EXISTS (
       SELECT FROM node_fact x LEFT JOIN merged_node y ON y.old_id = x.node_id
       WHERE x.valid_to IS NULL AND x.source_id = f.source_id AND x.scope_id IS NOT DISTINCT FROM f.scope_id AND x.id <> f.id
         AND (x.node_id = m.new_id OR (y.new_id = m.new_id AND x.id < f.id)))`,
    [commit.asOf, commit.runId],
  );
  await touch(
    commit,
    'UPDATE node_fact f SET node_id = m.new_id FROM merged_node m WHERE f.node_id = m.old_id',
  );
}

async function moveEdges(commit: Commit): Promise<void> {
  await touch(
    commit,
    `INSERT INTO moved_edge SELECT e.id, coalesce(f.new_id, e.from_id), coalesce(t.new_id, e.to_id)
     FROM edge e LEFT JOIN merged_node f ON f.old_id = e.from_id LEFT JOIN merged_node t ON t.old_id = e.to_id
     WHERE e.from_id IN (SELECT old_id FROM merged_node) OR e.to_id IN (SELECT old_id FROM merged_node)`,
  );
  await touch(
    commit,
    `CREATE TEMP TABLE twin_edge ON COMMIT DROP AS
     SELECT id, first_value(id) OVER same AS kept FROM (
       SELECT e.id, coalesce(m.from_id, e.from_id) AS from_id, coalesce(m.to_id, e.to_id) AS to_id, e.kind, e.qualifier,
         e.source_id, e.scope_id, e.derived_from, m.id IS NOT NULL AS moved
       FROM edge e LEFT JOIN moved_edge m ON m.id = e.id
       WHERE e.valid_to IS NULL AND (m.id IS NOT NULL OR e.from_id IN (SELECT from_id FROM moved_edge))) x
     WINDOW same AS (PARTITION BY from_id, to_id, kind, qualifier, source_id, scope_id, derived_from ORDER BY moved, id)`,
  );
  await touch(
    commit,
    `UPDATE edge k SET exercised_count = k.exercised_count + x.count, first_exercised = least(k.first_exercised, x.first),
       last_exercised = greatest(k.last_exercised, x.last)
     FROM (SELECT t.kept, sum(e.exercised_count) AS count, min(e.first_exercised) AS first, max(e.last_exercised) AS last
           FROM twin_edge t JOIN edge e ON e.id = t.id AND e.digest = 0 WHERE t.kept <> t.id GROUP BY 1) x
     WHERE k.id = x.kept`,
  );
  await touch(
    commit,
    `UPDATE edge e SET valid_to = greatest($1, e.valid_from), run_to = $2
     WHERE e.valid_to IS NULL AND (e.id IN (SELECT id FROM twin_edge WHERE kept <> id)
       OR e.id IN (SELECT id FROM moved_edge WHERE from_id = to_id))`,
    [commit.asOf, commit.runId],
  );
  await touch(
    commit,
    'UPDATE edge e SET from_id = m.from_id, to_id = m.to_id FROM moved_edge m WHERE m.id = e.id',
  );
}

async function moveUsage(commit: Commit): Promise<void> {
  const columns = ['actor_id', 'credential_id', 'target_id'] as const;
  const concerned = columns.map((column) => `u.${column} IN (SELECT old_id FROM merged_node)`).join(' OR ');
  const moved = await touch(
    commit,
    `CREATE TEMP TABLE moved_usage ON COMMIT DROP AS SELECT u.* FROM usage_day u WHERE ${concerned}`,
  );
  if (moved === 0) return;
  await touch(commit, `DELETE FROM usage_day u WHERE ${concerned}`);
  await touch(
    commit,
    `INSERT INTO usage_day AS u (day, source_id, actor_id, credential_id, target_id, action_group, allowed, denied, failed, first_at, last_at)
     SELECT day, source_id, coalesce(a.new_id, actor_id) AS actor, coalesce(c.new_id, credential_id) AS credential,
       coalesce(t.new_id, target_id) AS target, action_group, sum(allowed), sum(denied), sum(failed), min(first_at), max(last_at)
     FROM moved_usage m LEFT JOIN merged_node a ON a.old_id = m.actor_id LEFT JOIN merged_node c ON c.old_id = m.credential_id
     LEFT JOIN merged_node t ON t.old_id = m.target_id GROUP BY 1, 2, 3, 4, 5, 6
     ON CONFLICT (actor_id, day, target_id, credential_id, action_group, source_id) DO UPDATE SET
       allowed = u.allowed + excluded.allowed, denied = u.denied + excluded.denied, failed = u.failed + excluded.failed,
       first_at = least(u.first_at, excluded.first_at), last_at = greatest(u.last_at, excluded.last_at)`,
  );
  for (const column of [...columns, 'on_behalf_of_id'])
    await touch(
      commit,
      `UPDATE event e SET ${column} = m.new_id FROM merged_node m WHERE e.${column} = m.old_id
         AND e.time >= (SELECT min(day) FROM moved_usage) AND e.time < (SELECT max(day) + 1 FROM moved_usage)`,
    );
  await touch(
    commit,
    `UPDATE node n SET last_seen_in_logs = greatest(n.last_seen_in_logs, o.last_seen_in_logs)
     FROM merged_node m JOIN node o ON o.id = m.old_id WHERE n.id = m.new_id`,
  );
}

/** Claims, owners, reviews, revocations and findings follow, unless the canonical node has its own already. */
async function moveGovernance(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE ownership_claim c SET state = 'ended' FROM merged_node m WHERE c.node_id = m.old_id AND c.state = 'accepted'
       AND EXISTS (SELECT FROM ownership_claim o WHERE o.node_id = m.new_id AND o.state = 'accepted')`,
  );
  await touch(
    commit,
    `UPDATE ownership_claim c SET node_id = coalesce(n.new_id, c.node_id), owner_id = coalesce(o.new_id, c.owner_id)
     FROM ownership_claim s LEFT JOIN merged_node n ON n.old_id = s.node_id LEFT JOIN merged_node o ON o.old_id = s.owner_id
     WHERE s.id = c.id AND (n.old_id IS NOT NULL OR o.old_id IS NOT NULL) AND NOT EXISTS (
       SELECT FROM ownership_claim x WHERE x.node_id = coalesce(n.new_id, c.node_id)
         AND x.owner_id = coalesce(o.new_id, c.owner_id) AND x.basis = c.basis AND x.id <> c.id)`,
  );
  await touch(
    commit,
    `UPDATE node n SET owner_id = o.owner_id, owner_person_id = o.owner_person_id, owner_backup_id = o.owner_backup_id
     FROM merged_node m JOIN node o ON o.id = m.old_id WHERE n.id = m.new_id AND n.owner_id IS NULL AND o.owner_id IS NOT NULL`,
  );
  for (const column of ['owner_id', 'owner_person_id', 'owner_backup_id'])
    await touch(
      commit,
      `UPDATE node n SET ${column} = m.new_id FROM merged_node m WHERE n.${column} = m.old_id`,
    );
  await touch(
    commit,
    `UPDATE review_item i SET node_id = m.new_id FROM merged_node m WHERE i.node_id = m.old_id AND NOT EXISTS (
       SELECT FROM review_item x WHERE x.campaign_id = i.campaign_id AND x.node_id = m.new_id
         AND x.edge_id IS NOT DISTINCT FROM i.edge_id)`,
  );
  await touch(
    commit,
    'UPDATE review_item i SET reviewer_id = m.new_id FROM merged_node m WHERE i.reviewer_id = m.old_id',
  );
  await touch(
    commit,
    `UPDATE revocation r SET node_id = m.new_id FROM merged_node m WHERE r.node_id = m.old_id AND NOT EXISTS (
       SELECT FROM revocation x WHERE x.node_id = m.new_id AND x.edge_id IS NOT DISTINCT FROM r.edge_id)`,
  );
  await touch(
    commit,
    `UPDATE finding f SET node_id = m.new_id FROM merged_node m WHERE f.node_id = m.old_id AND NOT EXISTS (
       SELECT FROM finding x WHERE x.rule = f.rule AND x.node_id = m.new_id AND x.edge_id IS NOT DISTINCT FROM f.edge_id)`,
  );
}

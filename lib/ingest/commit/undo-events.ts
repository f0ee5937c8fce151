import { touch, type Commit } from './context.ts';

/**
 * Takes the events of a run out of the log, the sums and the edges that they showed. Sums lose exactly what the run had
 * added; where raw events remain, first and last times are read from them anew. Makes `used_pair` for mark-exercised.
 */
export async function undoEvents(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE new_event ON COMMIT DROP AS SELECT e.*, (e.time AT TIME ZONE 'UTC')::date AS day,
       ${ACTION_GROUP} AS action_group FROM event e WHERE e.run_id = $1`,
    [commit.runId],
  );
  await touch(
    commit,
    `CREATE TEMP TABLE used_pair ON COMMIT DROP AS SELECT DISTINCT actor_id, credential_id, target_id FROM new_event`,
  );
  await touch(commit, 'DELETE FROM event WHERE run_id = $1', [commit.runId]);
  await subtractFromSums(commit);
  await forgetSightings(commit);
  await weakenObserved(commit);
}

/** As in commit-events. */
const ACTION_GROUP = `coalesce(substring(e.action FROM '^([A-Za-z0-9._-]+)'), 'other') || ':' || CASE
  WHEN e.issued IS NOT NULL OR e.action ~* '(assume|impersonat|federat|exchange|generateaccesstoken)' THEN 'assume'
  ELSE coalesce(e.level::text, 'other') END`;

async function subtractFromSums(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE lost ON COMMIT DROP AS
     SELECT day, actor_id, coalesce(credential_id, 0) AS credential_id, coalesce(target_id, 0) AS target_id, action_group,
       count(*) FILTER (WHERE outcome = 'allowed') AS allowed, count(*) FILTER (WHERE outcome = 'denied') AS denied,
       count(*) FILTER (WHERE outcome = 'failed') AS failed
     FROM new_event GROUP BY 1, 2, 3, 4, 5`,
  );
  const same = `u.source_id = $1 AND u.day = l.day AND u.actor_id = l.actor_id AND u.credential_id = l.credential_id
     AND u.target_id = l.target_id AND u.action_group = l.action_group`;
  await touch(
    commit,
    `UPDATE usage_day u SET allowed = u.allowed - l.allowed, denied = u.denied - l.denied, failed = u.failed - l.failed
     FROM lost l WHERE ${same}`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `DELETE FROM usage_day u USING lost l WHERE ${same} AND u.allowed + u.denied + u.failed <= 0`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `UPDATE usage_day u SET first_at = x.first, last_at = x.last FROM lost l
     CROSS JOIN LATERAL (
       SELECT coalesce(min(time) FILTER (WHERE outcome = 'allowed'), min(time)) AS first,
         coalesce(max(time) FILTER (WHERE outcome = 'allowed'), max(time)) AS last
       FROM event e WHERE e.time >= l.day AND e.time < l.day + 1 AND e.source_id = $1 AND e.actor_id = l.actor_id
         AND coalesce(e.credential_id, 0) = l.credential_id AND coalesce(e.target_id, 0) = l.target_id
         AND ${ACTION_GROUP} = l.action_group) x
     WHERE ${same} AND x.first IS NOT NULL`,
    [commit.sourceId],
  );
}

async function forgetSightings(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE node n SET last_seen_in_logs = (
       SELECT max(last_at) FROM usage_day u WHERE n.id IN (u.actor_id, u.credential_id, u.target_id))
     FROM (SELECT DISTINCT id FROM used_pair, LATERAL (VALUES (actor_id), (credential_id), (target_id)) AS v(id)
           WHERE id IS NOT NULL) x WHERE n.id = x.id`,
  );
}

/** Observed edges are made from the sums anew; one that nothing shows any more goes. */
async function weakenObserved(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE edge e SET exercised_count = x.count, first_exercised = x.first, last_exercised = x.last,
       valid_from = coalesce(x.first, e.valid_from), level = x.level
     FROM (
       SELECT e.id, coalesce(sum(u.allowed), 0) AS count, min(u.first_at) AS first, max(u.last_at) AS last,
         max(CASE WHEN split_part(u.action_group, ':', 2) IN ('read', 'use', 'write', 'admin')
           THEN split_part(u.action_group, ':', 2)::access_level END) AS level
       FROM (SELECT DISTINCT actor_id, target_id FROM used_pair) p
       JOIN edge e ON e.from_id = p.actor_id AND e.to_id = p.target_id AND e.kind = 'calls' AND e.digest = 0
         AND e.source_id = $1 AND e.valid_to IS NULL
       LEFT JOIN usage_day u ON u.actor_id = p.actor_id AND u.target_id = p.target_id AND u.source_id = $1 AND u.allowed > 0
       GROUP BY e.id) x WHERE x.id = e.id`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `UPDATE edge e SET exercised_count = greatest(0, e.exercised_count - x.count)
     FROM (
       SELECT h.from_id, h.to_id, count(*) AS count FROM (
         SELECT DISTINCT time, event_key, lag(id) OVER step AS from_id, id AS to_id FROM (
           SELECT time, event_key, on_behalf_of_id AS id, 1000000 AS place FROM new_event WHERE on_behalf_of_id IS NOT NULL
           UNION ALL
           SELECT n.time, n.event_key, coalesce(a.node_id, k.id), c.place FROM new_event n,
             LATERAL unnest(n.chain) WITH ORDINALITY AS c(key, place)
             LEFT JOIN node_alias a ON a.alias = c.key LEFT JOIN node k ON k.key = c.key
           UNION ALL SELECT time, event_key, actor_id, 0 FROM new_event
             WHERE on_behalf_of_id IS NOT NULL OR cardinality(chain) > 0) party
         WINDOW step AS (PARTITION BY time, event_key ORDER BY place DESC)) h
       WHERE h.from_id <> h.to_id GROUP BY 1, 2) x
     WHERE e.from_id = x.from_id AND e.to_id = x.to_id AND e.kind = 'delegates' AND e.digest = 0 AND e.source_id = $1
       AND e.valid_to IS NULL`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `DELETE FROM edge WHERE source_id = $1 AND digest = 0 AND exercised_count = 0 AND kind IN ('calls', 'delegates')
       AND valid_to IS NULL`,
    [commit.sourceId],
  );
}

import { setAside } from './check-facts.ts';
import { staged, touch, type Commit } from './context.ts';

/**
 * Sorts the events of the run by time and provider id: new, known, or in conflict (the same id at the same time with
 * other content, which is set aside). Makes `new_event(…)` with node ids in place of keys, one row per new event.
 */
export async function diffEvents(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE judged_event ON COMMIT DROP AS
     SELECT s.ctid AS row, s.record, s.time, s.event_key, s.digest,
       row_number() OVER twins AS ordinal,
       coalesce(e.digest, first_value(s.digest) OVER twins) AS known_digest, e.event_key IS NOT NULL AS is_known
     FROM ${staged(commit, 'event')} s LEFT JOIN event e ON e.time = s.time AND e.event_key = s.event_key
     WINDOW twins AS (PARTITION BY s.time, s.event_key ORDER BY s.record)`,
  );
  const conflicts = await touch(
    commit,
    `CREATE TEMP TABLE conflict ON COMMIT DROP AS
     SELECT record, time, event_key, digest FROM judged_event WHERE digest <> known_digest`,
  );
  if (conflicts > 0) await setAsideConflicts(commit);
  await touch(
    commit,
    // A log holds few different actions very often: what they mean is worked out once for each.
    `CREATE TEMP TABLE new_event ON COMMIT DROP AS
     WITH named AS MATERIALIZED (
       SELECT action, coalesce(substring(action FROM '^([A-Za-z0-9._-]+)'), 'other') || ':' AS service,
         action ~* '(assume|impersonat|federat|exchange|generateaccesstoken)' AS assumes
       FROM (SELECT DISTINCT action FROM ${staged(commit, 'event')}) each)
     SELECT s.record, s.time, s.event_key, s.digest, s.event_id, a.id AS actor_id, c.id AS credential_id, t.id AS target_id,
       b.id AS on_behalf_of_id, s.action, s.outcome, s.level, s.session, s.issued, s.address, s.user_agent, s.trace,
       s.purpose, s.chain,
       k.service || CASE WHEN s.issued IS NOT NULL OR k.assumes THEN 'assume'
         ELSE coalesce(s.level::text, 'other') END AS action_group
     FROM ${staged(commit, 'event')} s JOIN named k ON k.action = s.action
     JOIN judged_event j ON j.row = s.ctid AND j.ordinal = 1 AND NOT j.is_known
     JOIN ref a ON a.key = s.actor LEFT JOIN ref c ON c.key = s.credential LEFT JOIN ref t ON t.key = s.target
     LEFT JOIN ref b ON b.key = s.on_behalf_of`,
  );
  await touch(commit, 'ANALYZE new_event (time, actor_id, credential_id, target_id, outcome)');
}

async function setAsideConflicts(commit: Commit): Promise<void> {
  // A record that also holds something new is kept; only its conflicting events fall away.
  await setAside(
    commit,
    `SELECT c.record, 'another event with the same id and time, but other content, is known already' AS reason FROM conflict c
     WHERE NOT EXISTS (SELECT FROM judged_event j WHERE j.record = c.record AND j.digest = j.known_digest)`,
  );
  await touch(
    commit,
    `DELETE FROM ${staged(commit, 'event')} e USING conflict c
     WHERE e.record = c.record AND e.time = c.time AND e.event_key = c.event_key AND e.digest = c.digest`,
  );
}

/** Stores the new events, adds them to the sums that are kept for good, and notes on nodes when they were last seen. */
export async function applyEvents(commit: Commit): Promise<void> {
  await touch(
    commit,
    `INSERT INTO event (time, event_key, digest, event_id, source_id, run_id, actor_id, credential_id, target_id,
       on_behalf_of_id, action, outcome, level, session, issued, address, user_agent, trace, purpose, chain)
     SELECT time, event_key, digest, event_id, $1, $2, actor_id, credential_id, target_id, on_behalf_of_id, action, outcome,
       level, session, issued, address, user_agent, trace, purpose, chain
     FROM new_event ORDER BY time`,
    [commit.sourceId, commit.runId],
  );
  await addToSums(commit, 'new_event');
  await touch(
    commit,
    `UPDATE node n SET last_seen_in_logs = greatest(n.last_seen_in_logs, x.last)
     FROM (SELECT id, max(time) AS last FROM new_event,
             LATERAL (VALUES (actor_id), (credential_id), (target_id)) AS v(id)
           WHERE id IS NOT NULL GROUP BY id) x WHERE n.id = x.id`,
  );
}

/**
 * Adds events to usage_day. `first_at` and `last_at` span the allowed uses of the row where there is one, else all attempts;
 * adding in any order gives the same.
 */
export async function addToSums(commit: Commit, events: 'new_event'): Promise<void> {
  await touch(
    commit,
    `INSERT INTO usage_day AS u (day, source_id, actor_id, credential_id, target_id, action_group,
       allowed, denied, failed, first_at, last_at)
     SELECT (time AT TIME ZONE 'UTC')::date, $1, actor_id, coalesce(credential_id, 0), coalesce(target_id, 0), action_group,
       count(*) FILTER (WHERE outcome = 'allowed'), count(*) FILTER (WHERE outcome = 'denied'),
       count(*) FILTER (WHERE outcome = 'failed'),
       coalesce(min(time) FILTER (WHERE outcome = 'allowed'), min(time)),
       coalesce(max(time) FILTER (WHERE outcome = 'allowed'), max(time))
     FROM ${events} GROUP BY 1, 2, 3, 4, 5, 6
     ON CONFLICT (actor_id, day, target_id, credential_id, action_group, source_id) DO UPDATE SET
       allowed = u.allowed + excluded.allowed, denied = u.denied + excluded.denied, failed = u.failed + excluded.failed,
       first_at = CASE WHEN (u.allowed > 0) = (excluded.allowed > 0) THEN least(u.first_at, excluded.first_at)
         WHEN u.allowed > 0 THEN u.first_at ELSE excluded.first_at END,
       last_at = CASE WHEN (u.allowed > 0) = (excluded.allowed > 0) THEN greatest(u.last_at, excluded.last_at)
         WHEN u.allowed > 0 THEN u.last_at ELSE excluded.last_at END`,
    [commit.sourceId],
  );
}

import { touch, type Commit } from './context.ts';

/**
 * Notes on granted edges what the usage sums show of them. The marks are always computed anew from the sums of all
 * sources for the edges that this run could have changed, so it does not matter whether the inventory or the logs came
 * first. Works on `used_pair(actor_id, credential_id, target_id)`, what the run's events touched, and on the run's edges.
 */
export async function markExercised(commit: Commit): Promise<void> {
  await markHeld(commit);
  await markAssumed(commit);
  await markGrants(commit);
  await markAttached(commit);
}

const MARKS = `first_exercised = u.first, last_exercised = u.last, exercised_count = u.count`;
const UNEQUAL = `(e.exercised_count, e.last_exercised) IS DISTINCT FROM (u.count::bigint, u.last)`;

/** A credential that was presented: it authenticated its identity, and who holds it alone, or is the actor, used it. */
async function markHeld(commit: Commit): Promise<void> {
  await touch(
    commit,
    `WITH candidate AS (
       SELECT e.id, e.kind, e.from_id, e.to_id FROM edge e
       WHERE e.valid_to IS NULL AND e.kind IN ('authenticates', 'holds')
         AND (e.run_from = $1 OR e.from_id IN (SELECT credential_id FROM used_pair)
           OR e.to_id IN (SELECT credential_id FROM used_pair))),
     used AS (
       SELECT c.id, sum(d.allowed) AS count, min(d.first_at) AS first, max(d.last_at) AS last
       FROM candidate c JOIN usage_day d ON d.credential_id = CASE c.kind WHEN 'holds' THEN c.to_id ELSE c.from_id END
       WHERE d.allowed > 0 AND CASE c.kind WHEN 'authenticates' THEN d.actor_id = c.to_id
         ELSE d.actor_id = c.from_id OR NOT EXISTS (
           SELECT FROM edge o WHERE o.to_id = c.to_id AND o.kind = 'holds' AND o.valid_to IS NULL AND o.from_id <> c.from_id) END
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
    [commit.runId],
  );
}

/** Somebody took on the identity: by a call that issued a session of it, or by acting on its behalf. */
async function markAssumed(commit: Commit): Promise<void> {
  await touch(
    commit,
    `WITH candidate AS (
       SELECT e.id, e.from_id, e.to_id FROM edge e
       WHERE e.valid_to IS NULL AND e.kind = 'assumes' AND (e.run_from = $1
         OR e.from_id IN (SELECT actor_id FROM used_pair) OR e.to_id IN (SELECT actor_id FROM used_pair))),
     shown AS (
       SELECT c.id, d.allowed::bigint AS count, d.first_at AS first, d.last_at AS last
       FROM candidate c JOIN usage_day d ON d.target_id = c.to_id AND d.actor_id = c.from_id
       WHERE d.allowed > 0 AND d.action_group LIKE '%:assume'
       UNION ALL
       SELECT c.id, o.exercised_count, o.first_exercised, o.last_exercised
       FROM candidate c JOIN edge o ON o.from_id = c.to_id AND o.to_id = c.from_id AND o.kind = 'delegates' AND o.valid_to IS NULL
       WHERE o.exercised_count > 0),
     used AS (SELECT id, sum(count) AS count, min(first) AS first, max(last) AS last FROM shown GROUP BY id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
    [commit.runId],
  );
}

/**
 * Use of a resource is laid to every grant that allows it: of the actor itself, of its groups, of the policies attached
 * to either, at a level that suffices. Which of several parallel grants a provider looked at cannot be told from outside.
 */
async function markGrants(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE grant_holder ON COMMIT DROP AS
     WITH bound AS (
       SELECT from_id AS identity, to_id AS holder FROM edge WHERE kind = 'attached' AND valid_to IS NULL),
     inherited AS (
       SELECT m.from_id AS identity, m.to_id AS holder FROM edge m WHERE m.kind = 'member_of' AND m.valid_to IS NULL
       UNION SELECT m.from_id, b.holder FROM edge m JOIN bound b ON b.identity = m.to_id
         WHERE m.kind = 'member_of' AND m.valid_to IS NULL)
     SELECT identity, holder FROM bound UNION SELECT identity, holder FROM inherited`,
  );
  await touch(commit, 'CREATE INDEX ON grant_holder (holder)');
  await touch(commit, 'ANALYZE grant_holder');
  const candidates = await touch(
    commit,
    `CREATE TEMP TABLE candidate_grant ON COMMIT DROP AS
     SELECT e.id, e.from_id, e.to_id, e.level, e.derived_from FROM edge e
     WHERE e.valid_to IS NULL AND e.kind = 'grants'
       AND (e.run_from = $1 OR e.to_id IN (SELECT target_id FROM used_pair)
         OR e.from_id IN (SELECT to_id FROM edge b WHERE b.run_from = $1 AND b.kind IN ('attached', 'member_of')))
       AND EXISTS (SELECT FROM usage_day d WHERE d.target_id = e.to_id)`,
    [commit.runId],
  );
  if (candidates === 0) return;
  await touch(
    commit,
    `WITH uses AS MATERIALIZED (
       SELECT d.target_id, d.actor_id,
         CASE split_part(d.action_group, ':', 2) WHEN 'read' THEN 1 WHEN 'use' THEN 2 WHEN 'write' THEN 3 WHEN 'admin' THEN 4
           ELSE 0 END AS rank,
         sum(d.allowed) AS count, min(d.first_at) AS first, max(d.last_at) AS last
       FROM usage_day d WHERE d.allowed > 0 AND d.target_id IN (SELECT to_id FROM candidate_grant) GROUP BY 1, 2, 3),
     used AS (
       SELECT c.id, sum(u.count) AS count, min(u.first) AS first, max(u.last) AS last
       FROM candidate_grant c JOIN uses u ON u.target_id = c.to_id
       WHERE u.rank <= CASE c.level WHEN 'read' THEN 1 WHEN 'use' THEN 2 WHEN 'write' THEN 3 ELSE 4 END
         AND (u.actor_id = c.from_id
           OR EXISTS (SELECT FROM grant_holder h WHERE h.holder = c.from_id AND h.identity = u.actor_id))
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
  );
  // A pattern grant is exercised by what was done with the grants that follow from it.
  await touch(
    commit,
    `WITH used AS (
       SELECT d.derived_from AS id, sum(d.exercised_count) AS count, min(d.first_exercised) AS first,
         max(d.last_exercised) AS last
       FROM edge d WHERE d.valid_to IS NULL AND d.exercised_count > 0
         AND d.derived_from IN (SELECT derived_from FROM candidate_grant) GROUP BY 1)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND e.exercised_count < u.count`,
  );
}

/** A policy is exercised by an identity to which it is attached when one of its grants was used by that identity. */
async function markAttached(commit: Commit): Promise<void> {
  await touch(
    commit,
    `WITH candidate AS (
       SELECT a.id, a.from_id, a.to_id FROM edge a
       WHERE a.valid_to IS NULL AND a.kind = 'attached'
         AND (a.run_from = $1 OR a.from_id IN (SELECT actor_id FROM used_pair)
           OR a.to_id IN (SELECT from_id FROM edge g WHERE g.run_from = $1 AND g.kind = 'grants'))),
     used AS (
       SELECT c.id, sum(d.allowed) AS count, min(d.first_at) AS first, max(d.last_at) AS last
       FROM candidate c JOIN usage_day d ON d.actor_id = c.from_id AND d.allowed > 0
       WHERE EXISTS (SELECT FROM edge g WHERE g.from_id = c.to_id AND g.to_id = d.target_id AND g.kind = 'grants'
         AND g.valid_to IS NULL)
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
    [commit.runId],
  );
}

import { touch, type Commit } from './context.ts';

/**
 * Notes on granted edges what the usage sums show of them. The marks are always computed anew from the sums of all
 * sources for the edges that a change could concern, so it does not matter whether the inventory or the logs came first,
 * and an undo lowers them again. Works on `used_pair(actor_id, credential_id, target_id)`, what events touched, and on
 * `fresh_edge(id)`, edges that began to hold.
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
    `WITH candidate AS MATERIALIZED (
       SELECT e.id, e.kind, e.from_id, e.to_id, CASE e.kind WHEN 'holds' THEN e.to_id ELSE e.from_id END AS credential_id,
         CASE e.kind WHEN 'holds' THEN e.from_id ELSE e.to_id END AS identity_id,
         e.kind = 'holds' AND NOT EXISTS (SELECT FROM edge o WHERE o.to_id = e.to_id AND o.kind = 'holds'
           AND o.valid_to IS NULL AND o.from_id <> e.from_id) AS is_sole_holder
       FROM edge e
       WHERE e.valid_to IS NULL AND e.kind IN ('authenticates', 'holds')
         AND (e.id IN (SELECT id FROM fresh_edge) OR e.from_id IN (SELECT credential_id FROM used_pair)
           OR e.to_id IN (SELECT credential_id FROM used_pair))),
     uses AS MATERIALIZED (
       SELECT d.credential_id, d.actor_id, sum(d.allowed) AS count, min(d.first_at) AS first, max(d.last_at) AS last
       FROM usage_day d WHERE d.allowed > 0 AND d.credential_id IN (SELECT credential_id FROM candidate) GROUP BY 1, 2),
     used AS (
       SELECT c.id, coalesce(sum(u.count), 0) AS count, min(u.first) AS first, max(u.last) AS last
       FROM candidate c LEFT JOIN uses u ON u.credential_id = c.credential_id
         AND (u.actor_id = c.identity_id OR c.is_sole_holder)
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
  );
}

/** Somebody took on the identity: by a call that issued a session of it, or by acting on its behalf. */
async function markAssumed(commit: Commit): Promise<void> {
  await touch(
    commit,
    `WITH candidate AS MATERIALIZED (
       SELECT e.id, e.from_id, e.to_id FROM edge e
       WHERE e.valid_to IS NULL AND e.kind = 'assumes' AND (e.id IN (SELECT id FROM fresh_edge)
         OR e.from_id IN (SELECT actor_id FROM used_pair) OR e.to_id IN (SELECT actor_id FROM used_pair))),
     shown AS MATERIALIZED (
       SELECT actor_id AS from_id, target_id AS to_id, sum(allowed) AS count, min(first_at) AS first, max(last_at) AS last
       FROM usage_day WHERE allowed > 0 AND action_group LIKE '%:assume'
         AND target_id IN (SELECT to_id FROM candidate) GROUP BY 1, 2
       UNION ALL
       SELECT to_id, from_id, exercised_count, first_exercised, last_exercised FROM edge
       WHERE kind = 'delegates' AND valid_to IS NULL AND exercised_count > 0),
     used AS (
       SELECT c.id, coalesce(sum(s.count), 0) AS count, min(s.first) AS first, max(s.last) AS last
       FROM candidate c LEFT JOIN shown s ON s.from_id = c.from_id AND s.to_id = c.to_id GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
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
     WITH concerned AS (
       SELECT e.id, e.from_id, e.to_id, e.level, e.derived_from FROM edge e
       WHERE e.valid_to IS NULL AND e.kind = 'grants'
         AND (e.id IN (SELECT id FROM fresh_edge) OR e.to_id IN (SELECT target_id FROM used_pair)
           OR e.from_id IN (SELECT b.to_id FROM fresh_edge x JOIN edge b ON b.id = x.id AND b.kind IN ('attached', 'member_of')))
         AND (e.exercised_count > 0 OR EXISTS (SELECT FROM usage_day d WHERE d.target_id = e.to_id)))
     SELECT * FROM concerned
     UNION SELECT p.id, p.from_id, p.to_id, p.level, p.derived_from FROM edge p
       WHERE p.valid_to IS NULL AND p.id IN (SELECT derived_from FROM concerned)`,
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
       SELECT c.id, coalesce(sum(u.count), 0) AS count, min(u.first) AS first, max(u.last) AS last
       FROM candidate_grant c LEFT JOIN uses u ON u.target_id = c.to_id
       AND u.rank <= CASE c.level WHEN 'read' THEN 1 WHEN 'use' THEN 2 WHEN 'write' THEN 3 ELSE 4 END
         AND (u.actor_id = c.from_id
           OR EXISTS (SELECT FROM grant_holder h WHERE h.holder = c.from_id AND h.identity = u.actor_id))
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
  );
  // A pattern grant is exercised by what was done with the grants that follow from it, beside its own.
  await touch(
    commit,
    `WITH used AS (
       SELECT d.derived_from AS id, sum(d.exercised_count) AS count, min(d.first_exercised) AS first,
         max(d.last_exercised) AS last
       FROM edge d WHERE d.valid_to IS NULL AND d.exercised_count > 0
         AND d.derived_from IN (SELECT id FROM candidate_grant) GROUP BY 1)
     UPDATE edge e SET first_exercised = least(e.first_exercised, u.first),
       last_exercised = greatest(e.last_exercised, u.last), exercised_count = e.exercised_count + u.count
     FROM used u WHERE u.id = e.id`,
  );
}

/** A policy is exercised by an identity to which it is attached when one of its grants was used by that identity. */
async function markAttached(commit: Commit): Promise<void> {
  await touch(
    commit,
    `WITH candidate AS MATERIALIZED (
       SELECT a.id, a.from_id, a.to_id FROM edge a
       WHERE a.valid_to IS NULL AND a.kind = 'attached'
         AND (a.id IN (SELECT id FROM fresh_edge) OR a.from_id IN (SELECT actor_id FROM used_pair)
           OR a.to_id IN (SELECT g.from_id FROM fresh_edge x JOIN edge g ON g.id = x.id AND g.kind = 'grants'))),
     uses AS MATERIALIZED (
       SELECT d.actor_id, d.target_id, sum(d.allowed) AS count, min(d.first_at) AS first, max(d.last_at) AS last
       FROM usage_day d WHERE d.allowed > 0 AND d.actor_id IN (SELECT from_id FROM candidate) GROUP BY 1, 2),
     granted AS MATERIALIZED (
       SELECT DISTINCT g.from_id, g.to_id FROM edge g
       WHERE g.kind = 'grants' AND g.valid_to IS NULL AND g.from_id IN (SELECT to_id FROM candidate)),
     used AS (
       SELECT c.id, coalesce(sum(u.count), 0) AS count, min(u.first) AS first, max(u.last) AS last
       FROM candidate c LEFT JOIN (uses u JOIN granted g ON g.to_id = u.target_id)
         ON u.actor_id = c.from_id AND g.from_id = c.to_id
       GROUP BY c.id)
     UPDATE edge e SET ${MARKS} FROM used u WHERE u.id = e.id AND ${UNEQUAL}`,
  );
}

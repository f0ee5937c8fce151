import { staged, touch, type Commit } from './context.ts';

/**
 * Ownership claims: new ones are suggested, ones that a complete scope no longer states end, and where the source is the
 * organisation's own record of owners its surest claim is accepted, unless a person decided otherwise.
 * Makes `t_claim(node_id, owner_id, basis, outcome, …)`.
 */
export async function commitClaims(commit: Commit, isAuthoritative: boolean): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE t_claim ON COMMIT DROP AS
     SELECT said.*, old.id AS old_id,
       CASE WHEN old.id IS NULL THEN 'added'
         WHEN old.state = 'ended' AND old.decided_by IS NULL THEN 'reopened'
         WHEN old.source_id = $1 AND (old.evidence, old.confidence) IS DISTINCT FROM (said.evidence, said.confidence)
           THEN 'changed'
         ELSE 'same' END AS outcome
     FROM (
       SELECT n.id AS node_id, o.id AS owner_id, c.basis,
         (array_agg(c.evidence ORDER BY c.confidence DESC, c.evidence))[1] AS evidence, max(c.confidence) AS confidence
       FROM ${staged(commit, 'claim')} c JOIN ref n ON n.key = c.node JOIN ref o ON o.key = c.owner
       JOIN node owner ON owner.id = o.id AND owner.kind IN ('team', 'person')
       WHERE n.id <> o.id GROUP BY 1, 2, 3) said
     LEFT JOIN ownership_claim old ON old.node_id = said.node_id AND old.owner_id = said.owner_id AND old.basis = said.basis`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `UPDATE ownership_claim c SET evidence = t.evidence, confidence = t.confidence,
       state = CASE WHEN t.outcome = 'reopened' THEN 'suggested' ELSE c.state END, source_id = $1,
       run_id = CASE WHEN t.outcome = 'reopened' THEN $2 ELSE c.run_id END
     FROM t_claim t WHERE t.old_id = c.id AND t.outcome IN ('changed', 'reopened')`,
    [commit.sourceId, commit.runId],
  );
  await touch(
    commit,
    `INSERT INTO ownership_claim (id, node_id, owner_id, basis, evidence, confidence, state, source_id, run_id)
     SELECT 'clm_' || left(replace(gen_random_uuid()::text, '-', ''), 20), node_id, owner_id, basis, evidence, confidence,
       'suggested', $1, $2 FROM t_claim WHERE outcome = 'added'`,
    [commit.sourceId, commit.runId],
  );
  await endUnstated(commit);
  if (isAuthoritative) await acceptSurest(commit);
}

/** A node that this run speaks of completely, or that ended with it, without this claim: the claim is no longer stated. */
async function endUnstated(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE ended_claim ON COMMIT DROP AS
     SELECT c.id, c.node_id, c.owner_id, c.state FROM ownership_claim c
     WHERE c.source_id = $1 AND c.decided_by IS NULL AND c.state IN ('suggested', 'accepted')
       AND NOT EXISTS (SELECT FROM t_claim t
         WHERE t.node_id = c.node_id AND t.owner_id = c.owner_id AND t.basis = c.basis)
       AND (EXISTS (SELECT FROM ended_node x WHERE x.node_id = c.node_id) OR EXISTS (
         SELECT FROM node_fact f JOIN run_scope rs ON rs.id = f.scope_id AND rs.complete
         WHERE f.node_id = c.node_id AND f.source_id = $1 AND f.valid_to IS NULL))`,
    [commit.sourceId],
  );
  await touch(commit, `UPDATE ownership_claim c SET state = 'ended' FROM ended_claim x WHERE x.id = c.id`);
  await touch(
    commit,
    `UPDATE node n SET owner_id = NULL, owner_person_id = NULL, owner_backup_id = NULL
     FROM ended_claim x WHERE x.state = 'accepted' AND n.id = x.node_id AND n.owner_id = x.owner_id`,
  );
}

async function acceptSurest(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE accepted_claim ON COMMIT DROP AS
     SELECT DISTINCT ON (c.node_id) c.id, c.node_id, c.owner_id
     FROM ownership_claim c JOIN t_claim t ON t.node_id = c.node_id AND t.owner_id = c.owner_id AND t.basis = c.basis
     WHERE c.state = 'suggested' AND c.source_id = $1
       AND NOT EXISTS (SELECT FROM ownership_claim o WHERE o.node_id = c.node_id
         AND (o.state = 'accepted' OR (o.owner_id = c.owner_id AND o.state IN ('rejected', 'disputed'))))
     ORDER BY c.node_id, c.confidence DESC, c.id`,
    [commit.sourceId],
  );
  await touch(
    commit,
    `UPDATE ownership_claim c SET state = 'accepted', run_id = $1, decided_at = now(),
       reason = 'The source is the organisation’s own record of owners.'
     FROM accepted_claim a WHERE a.id = c.id`,
    [commit.runId],
  );
  await touch(
    commit,
    `UPDATE node n SET owner_id = a.owner_id, owner_person_id = CASE WHEN o.kind = 'person' THEN o.id END
     FROM accepted_claim a JOIN node o ON o.id = a.owner_id WHERE n.id = a.node_id`,
  );
}

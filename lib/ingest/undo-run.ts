import { LOCKS } from '#lib/db/locks.ts';
import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { inBulkTransaction } from '#lib/db/client.ts';
import { withPrismaOn } from '#lib/db/prisma-on-client.ts';
import { raiseGraphVersion } from './commit/finish.ts';
import { touch, type Commit } from './commit/context.ts';
import { deriveEdges } from './commit/derive-edges.ts';
import { mergeNodes } from './commit/merge-nodes.ts';
import { markExercised } from './commit/mark-exercised.ts';
import { undoEvents } from './commit/undo-events.ts';
import { findRun } from './find-run.ts';
import { readRunResult } from './read-run-result.ts';
import type { RunResult } from './run-result.ts';

/**
 * Takes back all that a run did: facts it stated go, facts it ended live again (unless a later run ended or restated
 * them), its events leave the sums, its claims go unless a person decided on them.
 */
export async function undoRun(actor: Actor, publicId: string, reason: string): Promise<RunResult> {
  assertMay(actor, 'source.manage');
  const run = await findRun(actor, publicId);
  await inBulkTransaction(async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.ingestCommit]);
    const held = await client.query(
      `UPDATE run SET state = 'undone', message = $2 WHERE id = $1 AND state IN ('done', 'unchanged') AND NOT dry_run`,
      [run.id, 'Undone.'],
    );
    if (held.rowCount === 0)
      throw new AppError('conflict', 'Only a run that took effect can be undone, and only once.');
    const commit: Commit = { client, runId: run.id, sourceId: run.sourceId, asOf: run.asOf };
    await noteTouched(commit);
    await undoClaims(commit);
    await undoEvents(commit);
    await undoFacts(commit, 'node_fact', 'node_id, source_id, scope_id');
    await undoFacts(commit, 'edge', 'from_id, to_id, kind, qualifier, source_id, scope_id, derived_from');
    await touch(commit, 'DELETE FROM observation_window WHERE run_id = $1', [run.id]);
    await touch(commit, 'DELETE FROM node_alias WHERE run_id = $1', [run.id]);
    await touch(
      commit,
      `UPDATE source_scope SET last_complete_run_id = NULL, last_complete_at = NULL WHERE last_complete_run_id = $1`,
      [run.id],
    );
    await mergeNodes(commit);
    await rederive(commit);
    await touch(commit, 'CREATE TEMP TABLE fresh_edge ON COMMIT DROP AS SELECT id FROM reopened_edge');
    await markExercised(commit);
    await removeForgottenNodes(commit);
    await raiseGraphVersion(commit);
    await withPrismaOn(client, (tx) =>
      record(tx, actor, { action: 'run.undo', subject: `run:${publicId}`, reason }),
    );
  });
  return readRunResult(publicId);
}

async function noteTouched(commit: Commit): Promise<void> {
  await touch(
    commit,
    `CREATE TEMP TABLE touched_node ON COMMIT DROP AS
     SELECT DISTINCT node_id FROM node_fact WHERE run_from = $1 OR run_to = $1`,
    [commit.runId],
  );
}

/**
 * Deletes the rows that the run began. A row that it ended takes over the end of the row that replaced it, or ends where
 * the thing was stated anew by a later run, or lives again. Rows are told earlier from later by their id: commits run one
 * after the other.
 */
async function undoFacts(commit: Commit, table: 'node_fact' | 'edge', identity: string): Promise<void> {
  const same = identity
    .split(', ')
    .map((column) => `b.${column} IS NOT DISTINCT FROM a.${column}`)
    .join(' AND ');
  const lead = identity.split(', ')[0] ?? '';
  await touch(
    commit,
    `CREATE TEMP TABLE reopened_${table} ON COMMIT DROP AS
     SELECT a.id, coalesce(own.run_to, next.run_from) AS run_to, coalesce(own.valid_to, next.valid_from) AS valid_to,
       a.${lead} AS lead
     FROM ${table} a
     LEFT JOIN LATERAL (SELECT run_to, valid_to FROM ${table} b WHERE b.run_from = $1 AND ${same} LIMIT 1) own ON true
     LEFT JOIN LATERAL (SELECT run_from, valid_from FROM ${table} b WHERE b.run_from <> $1 AND b.id > a.id AND ${same}
       ORDER BY b.id LIMIT 1) next ON true
     WHERE a.run_to = $1 AND a.run_from <> $1`,
    [commit.runId],
  );
  if (table === 'edge')
    await touch(
      commit,
      `DELETE FROM edge d USING edge p WHERE d.derived_from = p.id AND p.run_from = $1 AND p.digest <> 0`,
      [commit.runId],
    );
  const observed = table === 'edge' ? 'AND NOT (digest = 0 AND exercised_count > 0)' : '';
  await touch(commit, `DELETE FROM ${table} WHERE run_from = $1 ${observed}`, [commit.runId]);
  await touch(
    commit,
    `UPDATE ${table} a SET run_to = r.run_to, valid_to = r.valid_to FROM reopened_${table} r WHERE r.id = a.id`,
  );
}

/** Pattern edges that live again may match what became known meanwhile. */
async function rederive(commit: Commit): Promise<void> {
  await deriveEdges(commit);
  await touch(
    commit,
    `INSERT INTO edge (from_id, to_id, kind, qualifier, level, conditional, limited, source_id, scope_id, run_from,
       valid_from, digest, props, derived_from)
     SELECT p.from_id, n.id, p.kind, p.qualifier, p.level, p.conditional, p.limited, p.source_id, p.scope_id, p.run_from,
       greatest(p.valid_from, n.valid_from), p.digest, NULL, p.id
     FROM reopened_edge r JOIN edge p ON p.id = r.id AND p.valid_to IS NULL AND p.pattern_glob IS NOT NULL
     JOIN node n ON p.pattern_tenant = n.tenant AND n.key LIKE glob_to_like(p.pattern_glob)
       AND n.kind = 'resource' AND n.valid_to IS NULL AND n.id <> p.to_id AND n.id <> p.from_id
     ON CONFLICT (derived_from, to_id) WHERE valid_to IS NULL AND derived_from IS NOT NULL DO NOTHING`,
  );
}

async function undoClaims(commit: Commit): Promise<void> {
  await touch(
    commit,
    `UPDATE node n SET owner_id = NULL, owner_person_id = NULL, owner_backup_id = NULL FROM ownership_claim c
     WHERE c.run_id = $1 AND c.decided_by IS NULL AND c.state = 'accepted' AND n.id = c.node_id AND n.owner_id = c.owner_id`,
    [commit.runId],
  );
  await touch(commit, `DELETE FROM ownership_claim WHERE run_id = $1 AND decided_by IS NULL`, [commit.runId]);
}

/** Nodes that only this run knew, and that nothing refers to. */
async function removeForgottenNodes(commit: Commit): Promise<void> {
  await touch(
    commit,
    `DELETE FROM node n USING touched_node t WHERE n.id = t.node_id
       AND NOT EXISTS (SELECT FROM node_fact f WHERE f.node_id = n.id)
       AND NOT EXISTS (SELECT FROM edge e WHERE e.from_id = n.id) AND NOT EXISTS (SELECT FROM edge e WHERE e.to_id = n.id)
       AND NOT EXISTS (SELECT FROM usage_day u WHERE u.actor_id = n.id)
       AND NOT EXISTS (SELECT FROM usage_day u WHERE u.target_id = n.id)
       AND NOT EXISTS (SELECT FROM usage_day u WHERE u.credential_id = n.id)
       AND NOT EXISTS (SELECT FROM ownership_claim c WHERE n.id IN (c.node_id, c.owner_id))
       AND NOT EXISTS (SELECT FROM node_alias a WHERE a.node_id = n.id)
       AND NOT EXISTS (SELECT FROM review_item i WHERE n.id IN (i.node_id, i.reviewer_id))
       AND NOT EXISTS (SELECT FROM revocation r WHERE r.node_id = n.id)
       AND NOT EXISTS (SELECT FROM finding f WHERE f.node_id = n.id)`,
  );
}

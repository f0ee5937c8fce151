import { LOCKS } from '#lib/db/locks.ts';
import type pg from 'pg';
import { record } from '#lib/audit/record.ts';
import type { Actor } from '#lib/authz/actor.ts';
import { withPrismaOn } from '#lib/db/prisma-on-client.ts';
import { confirmRevocations } from '#lib/revocation/confirm-revocations.ts';
import { account, isUnchanged, type RunCounts } from './commit/account.ts';
import { checkFacts } from './commit/check-facts.ts';
import { commitClaims } from './commit/commit-claims.ts';
import { applyEvents, diffEvents } from './commit/commit-events.ts';
import { commitWindows } from './commit/commit-windows.ts';
import { touch, type Commit } from './commit/context.ts';
import { deriveEdges } from './commit/derive-edges.ts';
import { applyEdges, diffEdges } from './commit/diff-edges.ts';
import { applyNodes, diffNodes, openScopes } from './commit/diff-nodes.ts';
import { closeRun, keepReport, raiseGraphVersion, restoreReport } from './commit/finish.ts';
import { markExercised } from './commit/mark-exercised.ts';
import { mergeNodes } from './commit/merge-nodes.ts';
import { observeEdges } from './commit/observe-edges.ts';
import { resolveKeys } from './commit/resolve-keys.ts';
import { shrinkage } from './commit/shrinkage.ts';
import { ensurePartitions } from './partitions.ts';
import { ImportCancelled } from './progress.ts';
import { dropStage, stageTable } from './stage-tables.ts';

export type StagedRun = {
  id: number;
  publicId: string;
  sourceId: string;
  sourceName: string;
  format: string;
  asOf: Date;
  isAuthoritative: boolean;
  dryRun: boolean;
  /** A person has seen how much would end and agreed. */
  confirmShrink: boolean;
};

export type CommitResult = {
  state: 'done' | 'unchanged' | 'refused' | 'needs_confirmation';
  counts: RunCounts;
  message: string | null;
};

/**
 * Checks a staged run as a whole and makes it take effect in one transaction, or not at all. A dry run, a refused run and
 * one that would end too much do the same work and then undo it, keeping only what the person is to be told.
 */
export async function commitRun(client: pg.ClientBase, run: StagedRun, actor: Actor): Promise<CommitResult> {
  await ensurePartitions(client, await stagedMonths(client, run.id));
  const commit: Commit = { client, runId: run.id, sourceId: run.sourceId, asOf: run.asOf };
  await client.query('BEGIN');
  try {
    await client.query('SELECT pg_advisory_xact_lock($1)', [LOCKS.ingestCommit]);
    await assertNotCancelled(client, run.id);
    await client.query('DELETE FROM run_file WHERE run_id = $1', [run.id]);
    await client.query('DELETE FROM rejection WHERE run_id = $1', [run.id]);
    const shrink = await makeChanges(commit, run.isAuthoritative);
    const counts = await account(commit);
    const result = verdict(run, counts, shrink);
    if (result.state === 'done' || result.state === 'unchanged') await conclude(commit, run, result, actor);
    else await withdraw(commit, result);
    if (!run.dryRun && result.state !== 'needs_confirmation') await dropStage(client, run.id);
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Holds the run's row until the end, so that a cancellation comes either before the commit or too late. */
async function assertNotCancelled(client: pg.ClientBase, runId: number): Promise<void> {
  const found = await client.query<{ state: string }>('SELECT state FROM run WHERE id = $1 FOR UPDATE', [
    runId,
  ]);
  if (found.rows[0]?.state === 'cancelled') throw new ImportCancelled();
}

async function stagedMonths(client: pg.ClientBase, runId: number): Promise<string[]> {
  const found = await client.query<{ month: string }>(
    `SELECT DISTINCT to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-01') AS month FROM ${stageTable('event', runId)}`,
  );
  return found.rows.map((row) => row.month);
}

async function makeChanges(commit: Commit, isAuthoritative: boolean): Promise<Shrink> {
  await checkFacts(commit);
  await resolveKeys(commit);
  await diffEvents(commit);
  await openScopes(commit);
  await diffNodes(commit);
  await diffEdges(commit);
  const shrink = await shrinkage(commit);
  await applyNodes(commit);
  await applyEdges(commit);
  await touch(
    commit,
    `CREATE TEMP TABLE touched_node ON COMMIT DROP AS
     SELECT node_id FROM t_node WHERE outcome <> 'same' UNION SELECT node_id FROM ended_node
     UNION SELECT old_id FROM merged_node UNION SELECT new_id FROM merged_node`,
  );
  await mergeNodes(commit);
  await deriveEdges(commit);
  await applyEvents(commit);
  await observeEdges(commit);
  await touch(
    commit,
    `CREATE TEMP TABLE used_pair ON COMMIT DROP AS
     SELECT actor_id, credential_id, target_id FROM new_event
     UNION SELECT new_id, new_id, new_id FROM merged_node`,
  );
  await touch(
    commit,
    `CREATE TEMP TABLE fresh_edge ON COMMIT DROP AS
     SELECT id FROM edge WHERE run_from = $1 AND valid_to IS NULL UNION SELECT id FROM moved_edge`,
    [commit.runId],
  );
  await refreshStatistics(commit);
  await markExercised(commit);
  await commitWindows(commit);
  await commitClaims(commit, isAuthoritative);
  return shrink;
}

/** Within one transaction nobody else tells the planner that a table has just grown from nothing. */
async function refreshStatistics(commit: Commit): Promise<void> {
  const grown = await touch(commit, 'SELECT FROM fresh_edge UNION ALL SELECT FROM used_pair LIMIT 1000');
  if (grown < 1000) return;
  for (const table of ['fresh_edge', 'used_pair', 'edge', 'usage_day'])
    await touch(commit, `ANALYZE ${table}`);
}

type Shrink = Awaited<ReturnType<typeof shrinkage>>;

function verdict(run: StagedRun, counts: RunCounts, shrink: Shrink): CommitResult {
  if (counts.rejected > 0 && counts.accepted + counts.duplicate === 0)
    return { state: 'refused', counts, message: 'No record could be read, so nothing was imported.' };
  if (shrink.isTooMuch && !run.confirmShrink)
    return {
      state: 'needs_confirmation',
      counts,
      message:
        `This would end ${shrink.ending} of the ${shrink.live} facts that ${run.sourceName} states now ` +
        `(${Math.round((shrink.ending / shrink.live) * 100)} %). Nothing has changed yet. Confirm it, or cancel.`,
    };
  if (isUnchanged(counts))
    return {
      state: 'unchanged',
      counts,
      message: 'Everything in it was known already. Nothing has changed.',
    };
  const partly =
    counts.rejected > 0 ? 'Because records were rejected, nothing was ended for being absent.' : null;
  return { state: 'done', counts, message: partly };
}

/** Takes effect, unless it is a dry run. */
async function conclude(commit: Commit, run: StagedRun, result: CommitResult, actor: Actor): Promise<void> {
  if (run.dryRun) {
    await withdraw(commit, result);
    return;
  }
  await touch(
    commit,
    `UPDATE source_scope s SET last_complete_run_id = $1, last_complete_at = $2 FROM run_scope r
     WHERE r.id = s.id AND r.complete AND (s.last_complete_at IS NULL OR s.last_complete_at <= $2)`,
    [run.id, run.asOf],
  );
  await touch(commit, 'UPDATE source SET format = $1 WHERE id = $2', [run.format, run.sourceId]);
  await closeRun(commit, result);
  if (result.state === 'done') await raiseGraphVersion(commit);
  const { records, accepted, duplicate, rejected, nodes, edges, events } = result.counts;
  await withPrismaOn(commit.client, async (tx) => {
    await confirmRevocations(tx, run.id);
    await record(tx, actor, {
      action: 'run.commit',
      subject: `run:${run.publicId}`,
      after: { source: run.sourceName, records, accepted, duplicate, rejected, nodes, edges, events },
    });
  });
  await commit.client.query('COMMIT');
}

/** Undoes the work and keeps what it showed. */
async function withdraw(commit: Commit, result: CommitResult): Promise<void> {
  await closeRun(commit, result);
  const report = await keepReport(commit);
  await commit.client.query('ROLLBACK');
  await commit.client.query('BEGIN');
  await restoreReport(commit, report);
  await commit.client.query('COMMIT');
}

import { systemActor } from '#lib/authz/actor.ts';
import { record } from '#lib/audit/record.ts';
import type { JsonObject } from '#lib/core/json.ts';
import type { Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';
import type { RevocationState } from '#lib/db/generated/enums.ts';
import { loadPresence, type Presence } from './presence.ts';
import { moveRevocation, saveRevocation } from './store.ts';
import { loadUseAfter, loadSilence } from './use-after.ts';

/** States in which the world is still watched: after the execution, and for good once it is proven. */
const WATCHED: readonly RevocationState[] = ['executed', 'silent', 'proven', 'failed'];

export type Confirmation = { proven: number; silent: number; reopened: number; stillThere: number };

/**
 * What an import says about revocations; called by ingest in the transaction of each committed run, after its facts and
 * events are in place. In this order: a successful use after the execution reopens with the event attached; a thing
 * that came back reopens; a thing that every source which asserted it has since read completely and no longer contains
 * is proven; enough watched hours without use make it silent. What an import still contains is never proven.
 */
export async function confirmRevocations(tx: Tx, runId: number): Promise<Confirmation> {
  const rows = await tx.revocation.findMany({
    where: { state: { in: [...WATCHED] }, OR: [{ executedAt: { not: null } }, { attempt: { gt: 0 } }] },
    orderBy: { id: 'asc' },
  });
  const result: Confirmation = { proven: 0, silent: 0, reopened: 0, stillThere: 0 };
  if (rows.length === 0) return result;
  await tx.$queryRaw`SELECT 1 FROM revocation WHERE id = ANY(${rows.map((row) => row.id)}::text[]) ORDER BY id FOR UPDATE`;
  const presence = await loadPresence(tx, rows, runId);
  for (const row of rows) {
    const outcome = await confirmOne(tx, row, presence.get(row.id), runId);
    if (outcome !== null) result[outcome] += 1;
  }
  return result;
}

async function confirmOne(
  tx: Tx,
  row: Revocation,
  presence: Presence | undefined,
  runId: number,
): Promise<keyof Confirmation | null> {
  const use = await loadUseAfter(tx, row, runId);
  if (use !== null && row.state !== 'failed') {
    return reopen(
      tx,
      row,
      { type: 'used_after_execution', ...use },
      'The logs show a successful use after it was executed.',
    );
  }
  if (presence === undefined) return null;
  if (row.state === 'proven') {
    if (presence.live === 0) return null;
    const back = { type: 'back_in_inventory', source: presence.source, runId: presence.runPublicId };
    return reopen(tx, row, back, `An import of ${presence.source ?? 'a source'} contains it again.`);
  }
  if (presence.gone) return prove(tx, row, presence, runId);
  if (presence.live > 0 && presence.readByThisRun) return stillThere(tx, row, presence);
  return row.state === 'executed' ? settle(tx, row) : null;
}

async function prove(tx: Tx, row: Revocation, presence: Presence, runId: number): Promise<'proven'> {
  const note = `Every source that asserted it was read completely after the execution and no longer contains it (${presence.runPublicId}).`;
  await moveRevocation(tx, row, 'proven', ACTOR.id, note, {
    provenRunId: runId,
    provenAt: new Date(),
    message: null,
  });
  await audit(tx, row, 'revocation.prove', { run: presence.runPublicId }, note);
  return 'proven';
}

async function reopen(tx: Tx, row: Revocation, why: JsonObject, note: string): Promise<'reopened' | null> {
  if (row.state === 'proven' && (await hasSuccessor(tx, row))) return null;
  await moveRevocation(tx, row, 'reopened', ACTOR.id, note, {
    reopenedBy: why,
    message: note,
    provenAt: null,
  });
  await audit(tx, row, 'revocation.reopen', why, note);
  return 'reopened';
}

/** A proven revocation whose thing is already being revoked anew is not reopened: that work is under way. */
async function hasSuccessor(tx: Tx, row: Revocation): Promise<boolean> {
  const count = await tx.revocation.count({
    where: {
      id: { not: row.id },
      nodeId: row.nodeId,
      edgeId: row.edgeId,
      state: { notIn: ['proven', 'rolled_back', 'rejected', 'cancelled'] },
    },
  });
  return count > 0;
}

async function stillThere(tx: Tx, row: Revocation, presence: Presence): Promise<'stillThere'> {
  const message = `The import ${presence.runPublicId} of ${presence.source ?? 'a source'}, true after the execution, still contains it.`;
  if (row.message !== message) await saveRevocation(tx, row, { message });
  return 'stillThere';
}

async function settle(tx: Tx, row: Revocation): Promise<'silent' | null> {
  const silence = await loadSilence(tx, row);
  if (silence === null) return null;
  const note = `No use was seen for ${silence.hours} hours after the execution, watched by ${silence.sources.join(', ')}.`;
  await moveRevocation(tx, row, 'silent', ACTOR.id, note);
  await audit(tx, row, 'revocation.silent', { hours: silence.hours, sources: silence.sources }, note);
  return 'silent';
}

const ACTOR = systemActor('system', 'Import');

const audit = (tx: Tx, row: Revocation, action: string, after: JsonObject, reason: string) =>
  record(tx, ACTOR, { action, subject: `revocation:${row.id}`, before: { state: row.state }, after, reason });

import { stat, opendir } from 'node:fs/promises';
import path from 'node:path';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { pool } from '#lib/db/client.ts';
import { commitRun } from './commit-run.ts';
import { Allowance, documents, type InputSource } from './containers.ts';
import { FileProblem } from './file-problem.ts';
import { ImportSession } from './import-session.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { OpenedRun } from './open-run.ts';
import { importOptionsSchema, type ImportOptions, type ImportOptionsInput } from './options.ts';
import { ImportCancelled, Progress } from './progress.ts';
import { readRunResult } from './read-run-result.ts';
import type { RunResult } from './run-result.ts';
import { dropStage } from './stage-tables.ts';
import type { StagingRun } from './staging-run.ts';

export type ImportInput = {
  inputs: readonly InputSource[];
  options: ImportOptionsInput;
  limits?: Partial<Limits>;
  /** Bytes as delivered, and records, at most twice a second. */
  onProgress?: (bytes: number, records: number) => void;
  queued?: OpenedRun | null;
  upload?: string | null;
};

export type ImportResult = { runs: RunResult[]; skipped: { name: string; problem: string }[] };

/**
 * Imports files, folders, archives or a stream: reads everything into staging, then commits one run per format, inventory
 * first. Throws invalid_input, with nothing imported, when no file is of a known format or a file is broken or beyond a limit.
 */
export async function importInput(actor: Actor, input: ImportInput): Promise<ImportResult> {
  assertMay(actor, actor.kind === 'token' ? 'ingest.write' : 'source.manage');
  const options = importOptionsSchema.parse(input.options);
  const limits = { ...LIMITS, ...input.limits };
  const progress = new Progress(input.onProgress);
  const session = await ImportSession.open({
    ...{ actor, options, limits, progress, queued: input.queued ?? null, upload: input.upload ?? null },
    bytesTotal: await sizeOf(input.inputs),
  });
  try {
    await readAll(session, input.inputs, limits, progress);
    const runs = [...session.runs].sort(([, a], [, b]) => inventoryFirst(a, b));
    if (runs.length === 0) throw nothingToRead(session.skipped);
    const results: RunResult[] = [];
    for (const [key, run] of runs) {
      results.push(await finishRun(session, run, options, actor));
      session.runs.delete(key);
    }
    return { runs: results, skipped: session.skipped };
  } catch (error) {
    await abandon(session, input.queued ?? null, error);
    throw error instanceof FileProblem
      ? new AppError('invalid_input', nothingImported(error.message))
      : error;
  } finally {
    await session.close().catch(() => undefined);
  }
}

const nothingImported = (message: string): string => `${message} Nothing was imported.`;
const inventoryFirst = (a: StagingRun, b: StagingRun): number =>
  Number(a.connector.kind === 'events') - Number(b.connector.kind === 'events');

async function readAll(
  session: ImportSession,
  inputs: readonly InputSource[],
  limits: Limits,
  progress: Progress,
): Promise<void> {
  const allowance = new Allowance(limits, (bytes) => (progress.bytesRead += bytes));
  for await (const document of documents(inputs, allowance)) await session.read(document);
  for (const run of session.runs.values()) {
    run.end();
    await run.writer.finish();
  }
}

async function finishRun(
  session: ImportSession,
  run: StagingRun,
  options: ImportOptions,
  actor: Actor,
): Promise<RunResult> {
  const { opened } = run;
  const alive = await pool().query(
    `UPDATE run SET state = 'checking', records = $2, format = $3 WHERE id = $1 AND state = 'reading'`,
    [opened.id, run.records, run.connector.name],
  );
  if (alive.rowCount === 0) throw new ImportCancelled();
  const { dryRun, confirmShrink } = options;
  await commitRun(session.client, { ...opened, format: run.connector.name, dryRun, confirmShrink }, actor);
  if (options.replayOf !== undefined && !dryRun) await markReplayed(options.replayOf, opened.sourceId);
  return readRunResult(opened.publicId);
}

/** The rejected records that a corrected input stands in for. */
async function markReplayed(publicId: string, sourceId: string): Promise<void> {
  await pool().query(
    `UPDATE rejection j SET replayed = now() FROM run r
     WHERE r.id = j.run_id AND r.public_id = $1 AND r.source_id = $2 AND j.replayed IS NULL`,
    [publicId, sourceId],
  );
}

function nothingToRead(skipped: readonly { name: string; problem: string }[]): AppError {
  const [first] = skipped;
  if (!first) return new AppError('invalid_input', 'There is no file in it. Nothing was imported.');
  const others = skipped.length > 1 ? ` The same goes for ${skipped.length - 1} other files.` : '';
  return new AppError('invalid_input', `${first.name}: ${first.problem}${others} Nothing was imported.`);
}

/** Leaves nothing of the runs that had not been committed, and says on them why. */
async function abandon(session: ImportSession, queued: OpenedRun | null, error: unknown): Promise<void> {
  const cancelled = error instanceof ImportCancelled;
  const told = error instanceof FileProblem || error instanceof AppError;
  const message = told
    ? error instanceof FileProblem
      ? nothingImported(error.message)
      : error.message
    : 'The import was interrupted. Nothing was imported. Import it again.';
  const ids = new Set([...session.runs.values()].map((run) => run.opened.id));
  if (queued !== null && ids.size === 0) ids.add(queued.id);
  for (const id of ids) {
    // A lost database is what failed; the sweep at the next start does the same.
    await pool()
      .query(
        `UPDATE run SET state = $2::run_state, message = $3, finished_at = now()
         WHERE id = $1 AND state IN ('queued', 'reading', 'checking', 'committing', 'cancelled')`,
        [id, cancelled ? 'cancelled' : 'refused', message],
      )
      .catch(() => undefined);
    await dropStage(session.client, id).catch(() => undefined);
  }
}

/** Bytes of the inputs as they lie on disk; 0 for a stream, whose length nobody knows. */
async function sizeOf(inputs: readonly InputSource[]): Promise<number> {
  let size = 0;
  for (const input of inputs) if ('path' in input) size += await sizeOnDisk(input.path);
  return size;
}

async function sizeOnDisk(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (!found?.isDirectory()) return found?.size ?? 0;
  let size = 0;
  for await (const entry of await opendir(file))
    if (!entry.name.startsWith('.') && !entry.isSymbolicLink())
      size += await sizeOnDisk(path.join(file, entry.name));
  return size;
}

import { LOCKS } from '#lib/db/locks.ts';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { systemActor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { pool } from '#lib/db/client.ts';
import { importInput } from '#lib/ingest/import.ts';
import type { RunResult } from '#lib/ingest/run-result.ts';
import { listFiles, OUTCOMES, type Outcome, type WaitingFile } from './list-files.ts';

/** Unforeseen failures of one file before it is put aside, so that it does not hold up the others for good. */
const ATTEMPTS_MAX = 3;

/**
 * A folder whose files are imported as they arrive: each as soon as it has not changed from one look to the next, then
 * moved to `done` or, with the reason in a file beside it, to `refused`. A folder in it names the source of its files.
 * Killed between the import and the move, the next look imports the same again, which changes nothing.
 */
export class WatchedFolder {
  readonly #folder: string;
  readonly #seen = new Map<string, string>();
  readonly #failures = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** One look at the folder. Returns how many files were imported or refused. */
  async look(): Promise<number> {
    for (const outcome of OUTCOMES) await mkdir(path.join(this.#folder, outcome), { recursive: true });
    const client = await pool().connect();
    let isBroken = true;
    try {
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
        LOCKS.watchedFolder,
      ]);
      const taken = rows[0]?.taken === true;
      const count = taken ? await this.#takeStable() : 0;
      if (taken) await client.query('SELECT pg_advisory_unlock($1)', [LOCKS.watchedFolder]);
      isBroken = false;
      return count;
    } finally {
      // A connection that may still hold the lock is not used again.
      client.release(isBroken);
    }
  }

  async #takeStable(): Promise<number> {
    const files = await listFiles(this.#folder);
    const stable = files.filter(({ relative, state }) => this.#seen.get(relative) === state);
    this.#seen.clear();
    for (const { relative, state } of files) this.#seen.set(relative, state);
    let count = 0;
    for (const file of stable) if (await this.#take(file)) count += 1;
    return count;
  }

  async #take(file: WaitingFile): Promise<boolean> {
    const { outcome, note } = await this.#import(file);
    if (outcome === null) return false;
    const stamp = new Date().toISOString().replaceAll(':', '-');
    const name = `${stamp}-${file.relative.replaceAll(path.sep, '-')}`;
    await rename(path.join(this.#folder, file.relative), path.join(this.#folder, outcome, name));
    if (note !== null)
      await writeFile(path.join(this.#folder, outcome, `${name}.reason.txt`), `${note}\n`, { mode: 0o600 });
    this.#seen.delete(file.relative);
    this.#failures.delete(file.relative);
    return true;
  }

  /** `null`: not now; what stood in the way (a database that is away, say) may be gone at the next look. */
  async #import(file: WaitingFile): Promise<{ outcome: Outcome | null; note: string | null }> {
    try {
      const { runs } = await importInput(systemActor('system', 'Watched folder'), {
        inputs: [{ path: path.join(this.#folder, file.relative), name: path.basename(file.relative) }],
        options: file.source === null ? {} : { sourceName: file.source.slice(0, 200) },
      });
      const refused = runs.filter(({ state }) => state === 'refused');
      const open = runs.filter(({ state }) => !['done', 'unchanged'].includes(state));
      const note = open.length === 0 ? null : open.map(told).join('\n');
      return { outcome: refused.length > 0 ? 'refused' : 'done', note };
    } catch (error) {
      if (error instanceof AppError && error.code !== 'unavailable')
        return { outcome: 'refused', note: error.message };
      return this.#failed(file, error);
    }
  }

  #failed(file: WaitingFile, error: unknown): { outcome: Outcome | null; note: string | null } {
    const failures = (this.#failures.get(file.relative) ?? 0) + 1;
    this.#failures.set(file.relative, failures);
    console.error('Importing a file of the watched folder failed:', error);
    if (error instanceof AppError || failures < ATTEMPTS_MAX) return { outcome: null, note: null };
    return {
      outcome: 'refused',
      note: 'It failed for an unforeseen reason, which the log of the worker tells. Nothing was imported.',
    };
  }
}

const told = ({ run, source, state, message }: RunResult): string =>
  `${source}, ${run}: ${state.replaceAll('_', ' ')}. ${message ?? ''}`.trimEnd();

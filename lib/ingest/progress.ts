import { pool } from '#lib/db/client.ts';
import { AppError } from '#lib/core/errors.ts';
import type { StagingRun } from './staging-run.ts';

const WRITE_EVERY_MS = 500;

/** Thrown in the midst of an import when a person has cancelled it. */
export class ImportCancelled extends AppError {
  constructor() {
    super('conflict', 'The import was cancelled. Nothing was imported.');
    this.name = 'ImportCancelled';
  }
}

/** Writes how far an import has come at most every half second, and learns there whether it was cancelled. */
export class Progress {
  /** Bytes as delivered: compressed ones where the input is compressed. */
  bytesRead = 0;
  #written = 0;
  readonly #onTick: ((bytes: number, records: number) => void) | undefined;

  constructor(onTick?: (bytes: number, records: number) => void) {
    this.#onTick = onTick;
  }

  async tick(runs: readonly StagingRun[]): Promise<void> {
    const now = performance.now();
    if (now - this.#written < WRITE_EVERY_MS) return;
    this.#written = now;
    let records = 0;
    for (const run of runs) {
      records += run.records;
      const alive = await pool().query(
        `UPDATE run SET bytes_read = least($2::bigint, greatest(bytes_total, $2::bigint)), records = $3 WHERE id = $1 AND state = 'reading'`,
        [run.opened.id, this.bytesRead, run.records],
      );
      if (alive.rowCount === 0) throw new ImportCancelled();
    }
    this.#onTick?.(this.bytesRead, records);
  }
}

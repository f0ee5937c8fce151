import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { STAGE_TABLES, stageTable, type StageTable } from './stage-tables.ts';

/** Characters held before they are sent; a few megabytes keep COPY busy and memory flat. */
const FLUSH_AT = 2 << 20;

/**
 * Collects rows per staging table and sends them by COPY. Rows of the record being read are held back until it is
 * known to be good. One COPY is under way while the next rows gather; a third waits, which is the back-pressure.
 */
export class StageWriter {
  readonly #client: pg.ClientBase;
  readonly #runId: number;
  #held: [StageTable, string][] = [];
  #rows = new Map<StageTable, string[]>();
  #size = 0;
  #sending: Promise<void> = Promise.resolve();
  #failure: Error | null = null;

  constructor(client: pg.ClientBase, runId: number) {
    this.#client = client;
    this.#runId = runId;
  }

  /** Takes a row of the current record. */
  hold(table: StageTable, row: string): void {
    this.#held.push([table, row]);
  }

  /** The current record is good: its rows go. Returns how many there were. */
  release(): number {
    for (const [table, row] of this.#held) this.add(table, row);
    const count = this.#held.length;
    this.#held = [];
    return count;
  }

  /** The current record is rejected: its rows are forgotten. */
  discard(): void {
    this.#held = [];
  }

  add(table: StageTable, row: string): void {
    const rows = this.#rows.get(table);
    if (rows) rows.push(row);
    else this.#rows.set(table, [row]);
    this.#size += row.length;
  }

  get isFull(): boolean {
    return this.#size >= FLUSH_AT;
  }

  /** Sends what has gathered, once the COPY before it is through. Throws what that one failed with. */
  async flush(): Promise<void> {
    await this.#sending;
    this.#throwFailure();
    const rows = this.#rows;
    this.#rows = new Map();
    this.#size = 0;
    this.#sending = this.#send(rows).catch((error: unknown) => {
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Sends everything and waits for it. */
  async finish(): Promise<void> {
    await this.flush();
    await this.#sending;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  async #send(rows: Map<StageTable, string[]>): Promise<void> {
    for (const table of STAGE_TABLES) {
      const lines = rows.get(table);
      if (lines === undefined) continue;
      const stream = this.#client.query(copyFrom(`COPY ${stageTable(table, this.#runId)} FROM STDIN`));
      await pipeline(Readable.from([lines.join('')], { objectMode: false }), stream);
    }
  }
}

import path from 'node:path';
import { ensurePartitions } from '#lib/ingest/partitions.ts';
import { copyIn, copyOut, countRows, query, withClient, type BenchServer } from './bench-database.ts';
import { importInProcess } from './import-process.ts';
import { median, mustEqual, type Figures } from './measure.ts';

/** Times of usage events by file and by COPY of ready columns, taken in turns. */
export class EventRounds {
  readonly #server: BenchServer;
  readonly #count: number;
  readonly #copied: number[] = [];
  readonly #plain: number[] = [];
  readonly #zipped: number[] = [];
  readonly #again: number[] = [];
  readonly #known: number[] = [];
  readonly #pauses: number[] = [];
  #partitions: string[] = [];

  constructor(server: BenchServer, count: number) {
    this.#server = server;
    this.#count = count;
  }

  async round(isCounted: boolean): Promise<void> {
    const { folder } = this.#server;
    const ready = path.join(folder, 'events.copy');
    const plain = path.join(folder, 'events.ndjson');
    const zipped = path.join(folder, 'events.ndjson.gz');
    const times = await this.#server.withDatabase(async (url) => {
      const first = await importInProcess(plain);
      mustEqual('events accepted', [first.run?.accepted, first.run?.events], [this.#count, this.#count]);
      mustEqual('events stored', await countRows(url, 'event'), this.#count);
      const again = await importInProcess(plain);
      mustEqual(
        'events of the same file',
        [again.run?.state, again.run?.duplicate],
        ['unchanged', this.#count],
      );
      if (this.#partitions.length === 0) await this.#prepareColumns(url, ready);
      const known = await importInProcess(zipped);
      mustEqual(
        'events known from another file',
        [known.run?.events, known.run?.duplicate],
        [0, this.#count],
      );
      return { plain: first.ms, pause: first.longestPauseMs, again: again.ms, known: known.ms };
    });
    const gz = await this.#server.withDatabase(() => importInProcess(zipped));
    mustEqual('events from gz', gz.run?.events, this.#count);
    const copied = await this.#copyColumns(ready);
    if (!isCounted) return;
    this.#plain.push(times.plain);
    this.#again.push(times.again);
    this.#known.push(times.known);
    this.#pauses.push(times.pause);
    this.#zipped.push(gz.ms);
    this.#copied.push(copied);
  }

  report(figures: Figures): void {
    const [copied, plain] = [median(this.#copied), median(this.#plain)];
    figures.ratio('I1', copied / plain);
    figures.ratio('I2', plain / median(this.#zipped));
    figures.ratio('I3', median(this.#again) / plain);
    figures.ratio('I6', median(this.#pauses));
    figures.detail('COPY of ready columns, events/s', (this.#count / copied) * 1000);
    figures.detail('NDJSON, events/s', (this.#count / plain) * 1000);
    figures.detail('gz, events/s', (this.#count / median(this.#zipped)) * 1000);
    figures.detail('known events in another file, events/s', (this.#count / median(this.#known)) * 1000);
  }

  async #prepareColumns(url: string, ready: string): Promise<void> {
    await copyOut(url, 'SELECT * FROM event ORDER BY time', ready);
    const months = await query<{ month: string }>(
      url,
      `SELECT DISTINCT to_char(time AT TIME ZONE 'UTC', 'YYYY-MM-01') AS month FROM event`,
    );
    this.#partitions = months.map(({ month }) => month);
  }

  /** Into the very table, with its partitions and its key. */
  #copyColumns(ready: string): Promise<number> {
    return this.#server.withDatabase(async (url) => {
      await withClient(url, (client) => ensurePartitions(client, this.#partitions));
      const ms = await copyIn(url, [{ into: 'event', file: ready }]);
      mustEqual('events copied', await countRows(url, 'event'), this.#count);
      return ms;
    });
  }
}

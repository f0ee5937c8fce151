import { LOCKS } from '#lib/db/locks.ts';
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import pg from 'pg';
import { fingerprint } from '#lib/auth/instance-keys.ts';
import type { Actor } from '#lib/authz/actor.ts';
import { readHeader } from '#lib/connectors/bailiwick/connector.ts';
import type { Connector } from '#lib/connectors/connector.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import type { Document } from './containers.ts';
import { decoded } from './decode.ts';
import { FileProblem } from './file-problem.ts';
import { findKnownFile, mayBeKnown, rejectionsOf } from './known-files.ts';
import { SAMPLE_BYTES, type Limits } from './limits.ts';
import { openRun, type OpenedRun } from './open-run.ts';
import type { ImportOptions } from './options.ts';
import { peek } from './peek.ts';
import type { Progress } from './progress.ts';
import { chooseWithMapping, rememberedMapping, rememberMapping, type TableReading } from './csv-mapping.ts';
import { samplesOf } from './sample.ts';
import { splitterFor } from './split.ts';
import { createStage } from './stage-tables.ts';
import { StagingRun } from './staging-run.ts';

export type SessionInput = {
  actor: Actor;
  options: ImportOptions;
  limits: Limits;
  progress: Progress;
  /** A run that was queued before and is now read; the first format found goes into it. */
  queued: OpenedRun | null;
  upload: string | null;
  bytesTotal: number;
};

/**
 * Reads the documents of one import into the staging tables of its runs, one run per format. All of it goes over one
 * connection of its own, which also holds the lease on each run: when the process dies, so does the connection, and
 * whoever finds the run then knows that nobody works on it.
 */
export class ImportSession {
  readonly client: pg.Client;
  /** By format and source. */
  readonly runs = new Map<string, StagingRun>();
  readonly skipped: { name: string; problem: string }[] = [];
  readonly #input: SessionInput;
  #queued: OpenedRun | null;
  readonly #tables: TableReading;

  private constructor(client: pg.Client, input: SessionInput, tables: TableReading) {
    this.client = client;
    this.#input = input;
    this.#queued = input.queued;
    this.#tables = tables;
  }

  static async open(input: SessionInput): Promise<ImportSession> {
    const client = new pg.Client({ connectionString: databaseUrl() });
    // A connection that breaks fails the statement under way; nothing else needs to hear of it.
    client.on('error', () => undefined);
    await client.connect();
    return new ImportSession(client, input, await tableReading(input.options));
  }

  close(): Promise<void> {
    return this.client.end();
  }

  /** Reads one document, or notes why it is not read. Throws FileProblem when the import as a whole cannot go on. */
  async read(document: Document): Promise<void> {
    const { head, rest } = await peek(decoded(document.bytes), SAMPLE_BYTES);
    const text = head.toString('utf8');
    const chosen = chooseWithMapping(this.#input.options.format, document.name, text, this.#tables);
    if ('problem' in chosen) {
      this.skipped.push({ name: document.name, problem: chosen.problem });
      return;
    }
    const run = await this.#runOf(chosen.connector, document.name, text);
    if (await this.#skipKnown(run, document)) return;
    const file = run.beginFile(document.name, null);
    const splitter = splitterFor(chosen.connector, chosen.syntax, text, run.cuts(file), this.#input.limits);
    const sum = document.file === null ? createHash('sha256') : null;
    try {
      for await (const chunk of rest) {
        splitter.push(chunk);
        file.bytes += chunk.length;
        sum?.update(chunk);
        if (run.writer.isFull) await run.writer.flush();
        await this.#input.progress.tick([...this.runs.values()]);
      }
      splitter.end();
    } catch (error) {
      if (!(error instanceof FileProblem) || chosen.connector.kind === 'inventory')
        throw named(error, document);
      file.problem = error.message;
    }
    await this.#sign(run, file, document, sum);
    run.endFile(file);
  }

  async #sign(
    run: StagingRun,
    file: ReturnType<StagingRun['beginFile']>,
    document: Document,
    sum: Hash | null,
  ): Promise<void> {
    if (document.file === null) file.sha256 = sum?.digest() ?? null;
    else {
      file.sha256 = await fileDigest(document.file.path);
      file.bytes = document.file.size;
    }
    if (file.sha256 !== null)
      file.knownFile =
        (await findKnownFile(run.opened.sourceId, run.connector.name, file.sha256))?.id ?? null;
  }

  /** A log file that the source took before is not read again; its events are all known. */
  async #skipKnown(run: StagingRun, document: Document): Promise<boolean> {
    const { options } = this.#input;
    const isOtherwiseRead = options.reread || options.mapping !== undefined;
    if (run.connector.kind !== 'events' || document.file === null || isOtherwiseRead) return false;
    const { sourceId } = run.opened;
    if (!(await mayBeKnown(sourceId, document.file.size))) return false;
    const sha256 = await fileDigest(document.file.path);
    const known = await findKnownFile(sourceId, run.connector.name, sha256);
    if (known === null) return false;
    const file = run.beginFile(document.name, known.id);
    file.sha256 = sha256;
    file.bytes = document.file.size;
    run.skipFile(file, known.records, known.rejected);
    for (const rejection of await rejectionsOf(known.id)) run.setAsideAgain(file, rejection);
    return true;
  }

  async #runOf(connector: Connector, file: string, head: string): Promise<StagingRun> {
    const { actor, options, limits, upload, bytesTotal } = this.#input;
    const stated = connector.name === 'bailiwick' ? statedHeader(file, head) : null;
    const name = options.sourceName ?? stated?.source ?? connector.title;
    const key = `${connector.name} ${name}`;
    const existing = this.runs.get(key);
    if (existing) return existing;
    const asOf = options.asOf ?? stated?.asOf;
    const effective = { ...options, ...(asOf === undefined ? {} : { asOf }) };
    const queued = this.#takeQueued();
    const extra = { state: 'reading' as const, bytesTotal, ...(upload === null ? {} : { upload }) };
    const opened = queued ?? (await openRun(actor, name, connector.name, effective, extra));
    // Whoever took a queued run holds its lease already.
    if (queued === null)
      await this.client.query('SELECT pg_advisory_lock($1, $2)', [LOCKS.runLease, opened.id]);
    if (options.mapping !== undefined && connector.name === 'csv')
      await rememberMapping(opened.sourceId, options.mapping);
    await createStage(this.client, opened.id);
    const run = new StagingRun(
      this.client,
      opened,
      connector,
      options,
      { fingerprint, now: new Date() },
      limits,
    );
    this.runs.set(key, run);
    return run;
  }

  #takeQueued(): OpenedRun | null {
    const queued = this.#queued;
    this.#queued = null;
    return queued;
  }
}

/** The mapping that is stated with an import, and the one that its source is known to be read by. */
export async function tableReading(
  options: Pick<ImportOptions, 'mapping' | 'sourceName'>,
): Promise<TableReading> {
  const { mapping: stated = null, sourceName } = options;
  const remembered = sourceName === undefined ? null : await rememberedMapping(sourceName);
  return { stated, remembered };
}

/** What a file in Bailiwick's own format says of its source and its time. */
export function statedHeader(
  file: string,
  head: string,
): { source: string; asOf?: string | undefined } | null {
  const json = samplesOf(file, head).find(({ syntax }) => syntax === 'json');
  return readHeader(json?.first);
}

async function fileDigest(path: string): Promise<Buffer> {
  const sum = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>)
    sum.update(chunk);
  return sum.digest();
}

function named(error: unknown, document: Document): unknown {
  if (!(error instanceof FileProblem) || error.message.includes(document.name)) return error;
  return new FileProblem(`${document.name}: ${error.message}`, { cause: error });
}

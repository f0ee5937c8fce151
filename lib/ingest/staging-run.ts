import type pg from 'pg';
import { RejectedRecord, type Connector, type Reader, type SourceRecord } from '#lib/connectors/connector.ts';
import { maskSecrets } from '#lib/connectors/mask-secrets.ts';
import type { ImportOptions } from './options.ts';
import { copyBytes, copyRow } from './copy-text.ts';
import type { Limits } from './limits.ts';
import type { OpenedRun } from './open-run.ts';
import type { CutSink } from './split.ts';
import { StageWriter } from './stage-writer.ts';
import { StagingSink } from './staging-sink.ts';

const EXCERPT_CHARACTERS = 200;

export type StagedFile = {
  ordinal: number;
  name: string;
  /** As delivered where that is a file on disk, else as it came out of its archive. */
  sha256: Buffer | null;
  bytes: number;
  firstRecord: number;
  records: number;
  rejected: number;
  /** Records of which every fact had been stated by a record before. */
  repeated: number;
  /** Records that stated nothing by themselves. */
  empty: number;
  /** run_file in which the source took the very same content before. */
  knownFile: string | null;
  problem: string | null;
};

export type ReaderContext = { fingerprint: (secret: string) => string; now: Date };

/** One run while its documents are read: takes cut records, gives them to the reader, and stages what it states. */
export class StagingRun {
  readonly opened: OpenedRun;
  readonly connector: Connector;
  readonly writer: StageWriter;
  readonly #sink: StagingSink;
  readonly #reader: Reader;
  readonly #limits: Limits;
  #ordinal = 0;
  #files = 0;
  #rejectionsKept = 0;
  #file: StagedFile | null = null;
  records = 0;

  constructor(
    client: pg.ClientBase,
    opened: OpenedRun,
    connector: Connector,
    options: ImportOptions,
    context: ReaderContext,
    limits: Limits,
  ) {
    this.opened = opened;
    this.connector = connector;
    this.writer = new StageWriter(client, opened.id);
    this.#sink = new StagingSink(this.writer, context.now);
    this.#limits = limits;
    this.#reader = connector.open(this.#sink, {
      fingerprint: context.fingerprint,
      defaults: withoutUndefined(options.defaults),
      complete: options.complete,
      asOf: opened.asOf,
    });
  }

  beginFile(name: string, known: string | null): StagedFile {
    this.#file = {
      ...{ ordinal: this.#files++, name, sha256: null, bytes: 0, firstRecord: this.#ordinal + 1 },
      ...{ records: 0, rejected: 0, repeated: 0, empty: 0, knownFile: known, problem: null },
    };
    return this.#file;
  }

  endFile(file: StagedFile): void {
    this.writer.add(
      'file',
      copyRow([
        ...[file.ordinal, file.name, this.connector.name, file.sha256 && copyBytes(file.sha256), file.bytes],
        ...[
          file.firstRecord,
          file.records,
          file.rejected,
          file.repeated,
          file.empty,
          file.knownFile,
          file.problem,
        ],
      ]),
    );
    this.#file = null;
  }

  /** A file that is not read because the source took it before: its records count as known, its rejections as before. */
  skipFile(file: StagedFile, records: number, rejected: number): void {
    file.records = records;
    file.rejected = rejected;
    this.#ordinal += records;
    this.records += records;
    this.endFile(file);
  }

  /** A rejection of a file that is not read again. */
  setAsideAgain(
    file: StagedFile,
    { number, reason, excerpt }: { number: string; reason: string; excerpt: string },
  ): void {
    this.writer.add('reject', copyRow([file.ordinal, number, reason, excerpt]));
  }

  cuts(file: StagedFile): CutSink {
    return {
      record: (value, list, line) => this.#take(file, value, list, line),
      reject: (reason, line, raw) => {
        this.#count(file);
        this.#setAside(file, reason, line, raw);
      },
      envelope: (members) => this.#envelope(file, members),
    };
  }

  /** After the last document: what the reader joined from all records. */
  end(): void {
    this.#sink.begin(null);
    this.#reader.end();
    this.#sink.accept();
    for (const [what, count] of this.#sink.unknowns) this.writer.add('unknown', copyRow([what, count]));
  }

  #count(file: StagedFile): number {
    file.records += 1;
    this.#ordinal += 1;
    this.records += 1;
    return this.#ordinal;
  }

  #take(file: StagedFile, value: unknown, list: string | null, line: number): void {
    this.#sink.begin(this.#count(file));
    const record: SourceRecord = { value, list, file: file.name, number: file.records };
    try {
      this.#reader.record(record);
      const rows = this.#sink.accept();
      if (this.#sink.stated === 0) file.empty += 1;
      else if (rows === 0) file.repeated += 1;
    } catch (error) {
      this.#sink.reject();
      this.#setAside(file, reasonOf(error), line, () => excerptOf(value));
    }
  }

  #envelope(file: StagedFile, members: Record<string, unknown>): void {
    this.#sink.begin(null);
    try {
      this.#reader.envelope?.(members, file.name);
      this.#sink.accept();
    } catch (error) {
      this.#sink.reject();
      this.#sink.begin(null);
      this.#sink.unknown(`the frame around the list: ${reasonOf(error)}`);
      this.#sink.accept();
    }
  }

  #setAside(file: StagedFile, reason: string, line: number, raw: string | (() => string)): void {
    file.rejected += 1;
    if (this.#rejectionsKept++ >= this.#limits.rejectionsKept) return;
    const excerpt = printable(maskSecrets(typeof raw === 'string' ? raw : raw())).slice(
      0,
      EXCERPT_CHARACTERS,
    );
    const where = `${reason} (line ${line})`;
    this.writer.add(
      'reject',
      copyRow([file.ordinal, file.records, printable(where).slice(0, 500), excerpt.toWellFormed()]),
    );
  }
}

/** A reader that fails on a record in an unforeseen way costs that record, not the batch. */
function reasonOf(error: unknown): string {
  if (error instanceof RejectedRecord) return error.message;
  if (error instanceof Error) return `the reader failed on it (${error.name})`;
  throw new Error('Something that is no error was thrown.', { cause: error });
}

const excerptOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

// Control characters are shown as blanks; NUL could not be stored.

const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f]+/g, ' ').toWellFormed();

function withoutUndefined(defaults: ImportOptions['defaults']): {
  tenant?: string;
  namespace?: string;
  environment?: string;
} {
  return Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined));
}

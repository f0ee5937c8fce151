import type { AliasFact, ClaimFact, EdgeFact, NodeFact, ScopeFact, UsageEvent, WindowFact } from './facts.ts';

/**
 * Where a reader puts the facts it takes from the record it is reading. All calls are synchronous and cheap; the
 * pipeline flushes between records, so memory does not grow with the input.
 */
export interface FactSink {
  /** `scope` is the part of the world that the fact belongs to (see ScopeFact); none for facts that absence never ends. */
  node(fact: NodeFact, scope?: string): void;
  edge(fact: EdgeFact, scope?: string): void;
  claim(fact: ClaimFact, scope?: string): void;
  event(event: UsageEvent): void;
  alias(fact: AliasFact): void;
  scope(fact: ScopeFact): void;
  window(fact: WindowFact): void;
  /** Something the input holds that Bailiwick has no meaning for yet: counted by name and listed on the run. */
  unknown(what: string): void;
}

/** A record that cannot be read. The pipeline sets it aside with file, line and this reason; the rest goes on. */
export class RejectedRecord extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'RejectedRecord';
  }
}

/** One record as the splitter cut it from the input: a JSON value, a YAML document, a CSV row (an object), a text line. */
export type SourceRecord = {
  value: unknown;
  /** Name of the top-level list it stood in, e.g. `Records`; null for a whole document or a line. */
  list: string | null;
  /** File name inside the upload; data from outside. */
  file: string;
  /** Ordinal of the record in its file, from 1. */
  number: number;
};

export type ReadContext = {
  /** Keyed fingerprint (HMAC-SHA-256 with the instance key) of a secret value; the value itself goes nowhere. */
  fingerprint: (secret: string) => string;
  /** What the person stated about the input where the format does not say it. */
  defaults: { tenant?: string; namespace?: string; environment?: string };
  /** The person states that the input is the complete content of its scopes. */
  complete: boolean;
  /** When the input was true; facts are valid from then. */
  asOf: Date;
};

/** Reads the records of one run, in order. `record` throws RejectedRecord for what it cannot read. */
export interface Reader {
  record(record: SourceRecord): void;
  /**
   * The members beside the lists of a document that was cut into records (`IsTruncated`, `@odata.nextLink`), after
   * its records; members of more than a few kilobytes are left out. Not a record: nothing is counted for it.
   */
  envelope?(members: Record<string, unknown>, file: string): void;
  /** After the last record of the run: facts that need all of them (joins within the input, scopes). */
  end(): void;
}

/** What the recogniser sees: the first value or line of a file and its name (a hint at most). */
export type Sample = {
  file: string;
  /** Syntax that the first bytes show. */
  syntax: 'json' | 'yaml' | 'csv' | 'text';
  /** First bytes as text, at most 64 KiB, cut anywhere. */
  head: string;
  /** Keys of the first top-level object, or of the first element of a top-level array. */
  keys: readonly string[];
  /** The first complete small record, where there is one (first element of the array, first line, first document). */
  first: unknown;
};

export interface Connector {
  /** Kebab-case; the value of `--format`. */
  readonly name: string;
  /** What people call it, e.g. "AWS IAM authorization details". */
  readonly title: string;
  readonly kind: 'inventory' | 'events';
  /** What the splitter makes records from. */
  readonly syntax: readonly Sample['syntax'][];
  /**
   * Names of top-level lists of a JSON object whose elements are records; an object without any of them is one record.
   * Elements of a top-level array, lines of NDJSON and YAML documents are always records.
   */
  readonly lists: readonly string[];
  /** 0 (not mine) to 1 (certain), from content, never from the file name alone. */
  recognise(sample: Sample): number;
  open(sink: FactSink, context: ReadContext): Reader;
}

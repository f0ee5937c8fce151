import type { Connector, Sample } from '#lib/connectors/connector.ts';
import type { Limits } from './limits.ts';
import { splitCsv } from './split-csv.ts';
import { splitJson } from './split-json.ts';
import { splitText } from './split-text.ts';
import { splitYaml } from './split-yaml.ts';

/** Takes what a splitter cuts from one document, in order. All calls are synchronous. */
export type CutSink = {
  /** `line` is where the record begins, from 1. `list` is the connector's name of the list it stood in. */
  record(value: unknown, list: string | null, line: number): void;
  /** Something that should have been a record and cannot be read. `raw` is its beginning, not masked yet. */
  reject(reason: string, line: number, raw: string): void;
  /** The members beside the lists of a document that was cut into records. */
  envelope(members: Record<string, unknown>): void;
};

/** Cuts UTF-8 bytes, given in chunks of any size, into records. Both calls throw FileProblem when the file as a whole is broken. */
export type Splitter = {
  push(chunk: Buffer): void;
  end(): void;
};

/** The splitter for a document that the connector reads in this syntax; `head` is its first bytes as text. */
export function splitterFor(
  connector: Pick<Connector, 'lists'>,
  syntax: Sample['syntax'],
  head: string,
  sink: CutSink,
  limits: Limits,
): Splitter {
  switch (syntax) {
    case 'json':
      return splitJson(connector.lists, head, sink, limits);
    case 'yaml':
      return splitYaml(sink, limits);
    case 'csv':
      return splitCsv(head, sink, limits);
    case 'text':
      return splitText(sink, limits);
  }
}

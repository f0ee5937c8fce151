import type { Readable } from 'node:stream';
import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import type { ChainedRow } from './verify.ts';

const BATCH = 1000;
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .transform((hex) => Buffer.from(hex, 'hex'));
const text = z.string().nullable();

const exportedRow = z.strictObject({
  seq: z.string(),
  at: z.string(),
  actor: z.string(),
  actorName: z.string(),
  onBehalfOf: text,
  action: z.string(),
  subject: z.string(),
  before: z.json(),
  after: z.json(),
  reason: text,
  address: text,
  requestId: text,
  previous: hash,
  hash,
});

/** The rows of an exported audit.ndjson, in batches. Throws `invalid_input` with the line that is not a row. */
export async function* readExport(file: Readable): AsyncGenerator<ChainedRow[]> {
  let batch: ChainedRow[] = [];
  let number = 0;
  for await (const line of linesOf(file)) {
    number++;
    batch.push(parseLine(line, number));
    if (batch.length === BATCH) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

/** Lines end with a line feed and nothing else: node:readline would also cut at U+2028, which texts may hold. */
async function* linesOf(file: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of file.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}

function parseLine(line: string, number: number): ChainedRow {
  try {
    return exportedRow.parse(JSON.parse(line));
  } catch (cause) {
    throw new AppError('invalid_input', `Line ${number} is not a row of an exported audit log.`, { cause });
  }
}

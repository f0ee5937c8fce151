import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';

const SIGNATURE_BYTES = 11;
/** Signature, flags and the length of the header extension, which Postgres leaves empty. */
const HEADER_BYTES = SIGNATURE_BYTES + 8;
const POSTGRES_EPOCH_S = 946_684_800;
const END = 0xffff;

/** One row of COPY's binary form (PostgreSQL manual, COPY, "Binary Format"); valid until the next one. */
export class CopyRow {
  #bytes: Buffer = Buffer.alloc(0);
  readonly #starts: Int32Array;
  readonly #lengths: Int32Array;
  readonly #words: { bytes: Buffer; text: string }[] = [];

  constructor(fieldCount: number) {
    this.#starts = new Int32Array(fieldCount);
    this.#lengths = new Int32Array(fieldCount);
  }

  /** Finds the fields of the row at an offset. Returns where the next row begins, -1 where bytes are missing. */
  find(bytes: Buffer, offset: number): number {
    this.#bytes = bytes;
    let at = offset + 2;
    for (let field = 0; field < this.#starts.length; field++) {
      if (at + 4 > bytes.length) return -1;
      const length = bytes.readInt32BE(at);
      at += 4;
      this.#starts[field] = at;
      this.#lengths[field] = length;
      if (length > 0) at += length;
    }
    return at <= bytes.length ? at : -1;
  }

  isNull(field: number): boolean {
    return (this.#lengths[field] ?? -1) < 0;
  }

  int(field: number): number {
    return this.#bytes.readInt32BE(this.#starts[field] ?? 0);
  }

  isTrue(field: number): boolean {
    return this.#bytes[this.#starts[field] ?? 0] === 1;
  }

  /** A label of an enum, null where it is null. There are few, so each is made a string once. */
  word(field: number): string | null {
    const start = this.#starts[field] ?? 0;
    const length = this.#lengths[field] ?? -1;
    if (length < 0) return null;
    const known = this.#words.find((word) => isAt(this.#bytes, start, length, word.bytes));
    if (known) return known.text;
    const bytes = Buffer.from(this.#bytes.subarray(start, start + length));
    const text = bytes.toString('latin1');
    this.#words.push({ bytes, text });
    return text;
  }

  /** A time as epoch seconds, null where it is null. */
  seconds(field: number): number | null {
    if (this.isNull(field)) return null;
    const start = this.#starts[field] ?? 0;
    const micros = this.#bytes.readInt32BE(start) * 2 ** 32 + this.#bytes.readUInt32BE(start + 4);
    return Math.floor(micros / 1e6) + POSTGRES_EPOCH_S;
  }
}

function isAt(bytes: Buffer, start: number, length: number, word: Buffer): boolean {
  if (word.length !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}

/** Runs a query and visits its rows as they come; beside them no more than a chunk of the network is held. */
export async function eachRow(
  client: pg.Client,
  query: string,
  fieldCount: number,
  visit: (row: CopyRow) => void,
): Promise<void> {
  const row = new CopyRow(fieldCount);
  let rest: Buffer | null = null;
  let isHeaderRead = false;
  for await (const chunk of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`))) {
    const bytes: Buffer = rest ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let at = 0;
    if (!isHeaderRead) {
      if (bytes.length < HEADER_BYTES) {
        rest = bytes;
        continue;
      }
      at = HEADER_BYTES;
      isHeaderRead = true;
    }
    while (at + 2 <= bytes.length && bytes.readUInt16BE(at) !== END) {
      const next = row.find(bytes, at);
      if (next === -1) break;
      visit(row);
      at = next;
    }
    rest = at < bytes.length ? bytes.subarray(at) : null;
  }
}

import { AppError } from '#lib/core/errors.ts';
import type { UploadedFile } from './receive-upload.ts';

/** Media type of several files in one body: for each a line of JSON `{"name", "size"}`, then its bytes. */
export const FRAMES_TYPE = 'application/vnd.bailiwick.files';
const HEADER_BYTES_MAX = 4_096;

/** The files of a framed body, one after the other. Each must be read to its end before the next. Throws invalid_input when cut off. */
export async function* framedFiles(body: AsyncIterable<Uint8Array>): AsyncGenerator<UploadedFile> {
  const source = new ByteSource(body);
  for (;;) {
    const line = await source.line();
    if (line === null) return;
    const header = readHeader(line);
    yield { name: header.name, bytes: source.take(header.size) };
  }
}

function readHeader(line: string): { name: string; size: number } {
  try {
    const value = JSON.parse(line) as { name?: unknown; size?: unknown };
    const { name, size } = value;
    if (typeof name === 'string' && typeof size === 'number' && Number.isSafeInteger(size) && size >= 0)
      return { name, size };
  } catch {
    // told below
  }
  throw new AppError('invalid_input', 'The upload is not framed as it should be. Nothing was imported.');
}

class ByteSource {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#chunks = body[Symbol.asyncIterator]();
  }

  async #more(): Promise<boolean> {
    const next = await this.#chunks.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#rest, next.value]);
    return true;
  }

  /** The next line without its line feed; null at the end of the body. */
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.#rest.indexOf(10);
      if (end >= 0 && end <= HEADER_BYTES_MAX) {
        const line = this.#rest.subarray(0, end).toString('utf8');
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      if (this.#rest.length > HEADER_BYTES_MAX) return readHeader('').name;
      if (!(await this.#more())) return this.#rest.length === 0 ? null : this.#rest.toString('utf8');
    }
  }

  async *take(size: number): AsyncGenerator<Buffer> {
    let left = size;
    while (left > 0) {
      if (this.#rest.length === 0 && !(await this.#more()))
        throw new AppError('invalid_input', 'The upload was cut off. Nothing was imported.');
      const part = this.#rest.subarray(0, left);
      this.#rest = this.#rest.subarray(part.length);
      left -= part.length;
      if (part.length > 0) yield part;
    }
  }
}

import { EXCERPT_BYTES } from './cut-value.ts';
import { Capture } from './capture.ts';
import type { Limits } from './limits.ts';

/** Cuts bytes at line feeds (a carriage return before one belongs to the line end) and skips empty lines. */
export class LineCutter {
  readonly #capture: Capture;
  readonly #limits: Limits;
  readonly #onLine: (bytes: Buffer, line: number) => void;
  readonly #onTooLong: (line: number, raw: string) => void;
  #line: number;

  constructor(
    limits: Limits,
    onLine: (bytes: Buffer, line: number) => void,
    onTooLong: (line: number, raw: string) => void,
    firstLine = 1,
  ) {
    this.#limits = limits;
    this.#capture = new Capture(limits.recordBytes);
    this.#onLine = onLine;
    this.#onTooLong = onTooLong;
    this.#line = firstLine;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      if (this.#capture.isEmpty) this.#give(chunk.subarray(start, end));
      else {
        this.#capture.pause(chunk, end);
        this.#finish();
      }
      this.#line += 1;
      start = end + 1;
    }
    if (start < chunk.length) {
      if (this.#capture.isEmpty) this.#capture.open(start);
      this.#capture.carry(chunk);
    }
  }

  end(): void {
    if (!this.#capture.isEmpty) this.#finish();
  }

  #finish(): void {
    const tooLong = this.#capture.overflowed;
    const bytes = this.#capture.take();
    if (tooLong) this.#onTooLong(this.#line, bytes.subarray(0, EXCERPT_BYTES).toString('utf8'));
    else this.#give(bytes);
  }

  #give(bytes: Buffer): void {
    const line = bytes[bytes.length - 1] === 13 ? bytes.subarray(0, -1) : bytes;
    if (line.length === 0) return;
    if (line.length > this.#limits.recordBytes)
      this.#onTooLong(this.#line, line.subarray(0, EXCERPT_BYTES).toString('utf8'));
    else this.#onLine(line, this.#line);
  }
}

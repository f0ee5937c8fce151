/** The bytes of one value that may begin in one chunk and end in another, up to a cap; beyond it only its beginning is kept. */
export class Capture {
  #parts: Buffer[] = [];
  #size = 0;
  #start = -1;
  #overflowed = false;
  readonly #cap: number;

  constructor(cap: number) {
    this.#cap = cap;
  }

  get isOpen(): boolean {
    return this.#start >= 0;
  }

  get isEmpty(): boolean {
    return this.#size === 0 && this.#start < 0;
  }

  get overflowed(): boolean {
    return this.#overflowed;
  }

  /** Begins (or goes on after `pause`) at this offset of the current chunk. */
  open(offset: number): void {
    this.#start = offset;
  }

  /** Takes the bytes up to this offset; what follows is left out until `open`. */
  pause(chunk: Buffer, end: number): void {
    if (this.#start < 0) return;
    this.#add(chunk.subarray(this.#start, end));
    this.#start = -1;
  }

  /** The current chunk is over and the value goes on in the next. */
  carry(chunk: Buffer): void {
    if (this.#start < 0) return;
    this.#add(chunk.subarray(this.#start));
    this.#start = 0;
  }

  /** All bytes since the beginning; the capture is empty afterwards. */
  take(): Buffer {
    const [first] = this.#parts;
    const bytes = this.#parts.length === 1 && first ? first : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#size = 0;
    this.#start = -1;
    this.#overflowed = false;
    return bytes;
  }

  #add(part: Buffer): void {
    if (this.#overflowed) return;
    const room = this.#cap - this.#size;
    if (part.length > room) {
      this.#overflowed = true;
      // Only an excerpt is shown of what is too large; the rest is let go at once.
      const beginning = Buffer.concat([...this.#parts, part.subarray(0, 512)]).subarray(0, 512);
      this.#parts = [Buffer.from(beginning)];
      return;
    }
    this.#parts.push(part);
    this.#size += part.length;
  }
}

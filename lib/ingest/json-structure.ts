import { isObject } from '#lib/core/json.ts';
import { Capture } from './capture.ts';
import { cutRecord, envelopeOf, EXCERPT_BYTES, type ListNames } from './cut-value.ts';
import { FileProblem } from './file-problem.ts';
import type { Limits } from './limits.ts';
import { parseJsonRecord } from './parse-json-record.ts';
import type { CutSink, Splitter } from './split.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const LINE_FEED = 0x0a;
const KEY_BYTES_MAX = 128;
/** A limit on how deep brackets are told apart; far deeper ones are only counted, the record is refused anyway. */
const STACK_SIZE = 1024;

/**
 * Follows brackets and strings only, byte by byte, and leaves the rest to JSON.parse of each cut. Works on values that
 * stand one after the other; where `mayTurnToLines`, hands over to `onLines` as soon as a
 * value that ended with its line is followed by another.
 */
export class JsonStructure implements Splitter {
  readonly #lists: ListNames;
  readonly #sink: CutSink;
  readonly #limits: Limits;
  readonly #mayTurnToLines: boolean;
  readonly #onLines: (rest: Buffer, line: number) => void;
  readonly #stack = new Uint8Array(STACK_SIZE);
  #depth = 0;
  #inString = false;
  #escaped = false;
  #line = 1;
  #handedOver = false;

  /** Depth of the elements that are records: 1 in a top-level array, 2 in a list of a top-level object, 0 elsewhere. */
  #elementDepth = 0;
  #list: string | null = null;
  readonly #element: Capture;
  #elementLine = 1;

  /** The top-level object without the elements of its lists, or a top-level scalar. */
  readonly #outer: Capture;
  #outerLine = 1;
  #hasLists = false;
  #deepest = 0;
  #expectsKey = false;
  #key: number[] | null = null;
  #lastKey = '';
  #isValueStart = false;
  /** The last top-level value began and ended on this line. */
  #singleLine = 0;

  constructor(
    lists: ListNames,
    sink: CutSink,
    limits: Limits,
    mayTurnToLines: boolean,
    onLines: (rest: Buffer, line: number) => void,
  ) {
    this.#mayTurnToLines = mayTurnToLines;
    this.#lists = lists;
    this.#sink = sink;
    this.#limits = limits;
    this.#onLines = onLines;
    this.#element = new Capture(limits.recordBytes);
    this.#outer = new Capture(limits.recordBytes);
  }

  push(chunk: Buffer): void {
    for (let i = 0; i < chunk.length; i++) {
      if (this.#inString) i = this.#throughString(chunk, i);
      else this.#step(chunk, i);
      if (this.#handedOver) return;
    }
    this.#element.carry(chunk);
    this.#outer.carry(chunk);
  }

  end(): void {
    if (this.#depth > 0 || this.#inString)
      throw new FileProblem(
        `The file ends in the middle of its JSON (line ${this.#line}); it was probably cut off.`,
      );
    if (!this.#outer.isEmpty) this.#closeScalar();
  }

  /** Returns the offset of the closing quote, or the end of the chunk. */
  #throughString(chunk: Buffer, from: number): number {
    let i = from;
    for (; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (this.#key !== null && this.#key.length < KEY_BYTES_MAX && byte !== QUOTE) this.#key.push(byte);
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        if (this.#key !== null) {
          this.#lastKey = Buffer.from(this.#key).toString('utf8').toLowerCase();
          this.#key = null;
        }
        return i;
      }
    }
    return i;
  }

  #step(chunk: Buffer, i: number): void {
    const byte = chunk[i] ?? 0;
    if (byte === LINE_FEED) {
      this.#line += 1;
      if (this.#depth === 0 && this.#outer.isOpen) {
        this.#outer.pause(chunk, i);
        this.#closeScalar();
      }
      return;
    }
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d) return;
    if (this.#depth === 0) this.#atTop(chunk, i, byte);
    else this.#inside(chunk, i, byte);
  }

  #atTop(chunk: Buffer, i: number, byte: number): void {
    if (this.#outer.isOpen) {
      if (byte === QUOTE) this.#inString = true;
      return;
    }
    // A comma or a record separator (RFC 7464) between values.
    if (byte === COMMA || byte === 0x1e) return;
    if (this.#mayTurnToLines && this.#singleLine > 0 && this.#line > this.#singleLine) {
      this.#handedOver = true;
      this.#onLines(chunk.subarray(i), this.#line);
      return;
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#breaks();
    this.#outerLine = this.#line;
    this.#deepest = 0;
    this.#hasLists = false;
    if (byte === OPEN_LIST) {
      this.#elementDepth = 1;
      this.#list = null;
      this.#push(OPEN_LIST);
      return;
    }
    this.#outer.open(i);
    if (byte === OPEN_OBJECT) {
      this.#push(OPEN_OBJECT);
      this.#expectsKey = true;
      this.#isValueStart = false;
    } else if (byte === QUOTE) this.#inString = true;
  }

  #inside(chunk: Buffer, i: number, byte: number): void {
    const atElements = this.#elementDepth > 0 && this.#depth === this.#elementDepth;
    if (atElements && (byte === COMMA || byte === CLOSE_LIST)) {
      this.#closeElement(chunk, i);
      if (byte === CLOSE_LIST) this.#closeList(i);
      return;
    }
    if (atElements && this.#element.isEmpty) {
      this.#element.open(i);
      this.#elementLine = this.#line;
      this.#deepest = this.#depth;
    }
    switch (byte) {
      case QUOTE:
        this.#inString = true;
        if (this.#elementDepth === 0 && this.#depth === 1 && this.#expectsKey) this.#key = [];
        this.#isValueStart = false;
        break;
      case OPEN_OBJECT:
      case OPEN_LIST:
        if (!this.#entersList(chunk, i, byte)) this.#push(byte);
        this.#isValueStart = false;
        break;
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        this.#pop(byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_LIST);
        if (this.#depth === 0) this.#closeObject(chunk, i + 1);
        break;
      case COMMA:
        if (this.#elementDepth === 0 && this.#depth === 1) this.#expectsKey = true;
        break;
      case COLON:
        if (this.#elementDepth === 0 && this.#depth === 1) {
          this.#expectsKey = false;
          this.#isValueStart = true;
        }
        break;
      default:
        this.#isValueStart = false;
    }
  }

  #entersList(chunk: Buffer, i: number, byte: number): boolean {
    if (byte !== OPEN_LIST || this.#elementDepth > 0 || this.#depth !== 1 || !this.#isValueStart)
      return false;
    const name = this.#lists.get(this.#lastKey);
    if (name === undefined) return false;
    this.#outer.pause(chunk, i + 1);
    this.#push(OPEN_LIST);
    this.#elementDepth = 2;
    this.#list = name;
    this.#hasLists = true;
    return true;
  }

  #closeElement(chunk: Buffer, end: number): void {
    if (this.#element.isEmpty) return;
    this.#element.pause(chunk, end);
    const tooLarge = this.#element.overflowed;
    const bytes = this.#element.take();
    const raw = (): string => bytes.subarray(0, EXCERPT_BYTES).toString('utf8');
    if (tooLarge)
      this.#sink.reject(`it is larger than ${this.#limits.recordBytes} bytes`, this.#elementLine, raw());
    else if (this.#deepest - this.#elementDepth > this.#limits.depth)
      this.#sink.reject(`it is nested more than ${this.#limits.depth} levels deep`, this.#elementLine, raw());
    else cutRecord(bytes, this.#list, this.#elementLine, this.#sink, this.#limits);
  }

  #closeList(i: number): void {
    this.#pop(OPEN_LIST);
    this.#elementDepth = 0;
    if (this.#depth === 0) this.#singleLine = this.#outerLine === this.#line ? this.#line : 0;
    else this.#outer.open(i);
  }

  #closeObject(chunk: Buffer, end: number): void {
    this.#outer.pause(chunk, end);
    const tooLarge = this.#outer.overflowed;
    const bytes = this.#outer.take();
    this.#singleLine = this.#outerLine === this.#line ? this.#line : 0;
    if (!this.#hasLists) {
      const raw = bytes.subarray(0, EXCERPT_BYTES).toString('utf8');
      if (tooLarge)
        this.#sink.reject(`it is larger than ${this.#limits.recordBytes} bytes`, this.#outerLine, raw);
      else cutRecord(bytes, null, this.#outerLine, this.#sink, this.#limits);
    } else if (!tooLarge) this.#giveEnvelope(bytes);
  }

  #giveEnvelope(bytes: Buffer): void {
    let value: unknown;
    try {
      value = parseJsonRecord(bytes, this.#limits);
    } catch {
      throw new FileProblem(
        `The JSON around the list breaks between line ${this.#outerLine} and ${this.#line}.`,
      );
    }
    if (isObject(value)) this.#sink.envelope(envelopeOf(value, this.#lists));
  }

  #closeScalar(): void {
    const bytes = this.#outer.take();
    cutRecord(bytes, null, this.#outerLine, this.#sink, this.#limits);
    this.#singleLine = this.#outerLine;
  }

  #push(kind: number): void {
    if (this.#depth < STACK_SIZE) this.#stack[this.#depth] = kind;
    this.#depth += 1;
    if (this.#depth > this.#deepest) this.#deepest = this.#depth;
  }

  #pop(kind: number): void {
    this.#depth -= 1;
    if (this.#depth < 0 || (this.#depth < STACK_SIZE && this.#stack[this.#depth] !== kind)) this.#breaks();
  }

  #breaks(): never {
    throw new FileProblem(`The JSON breaks at line ${this.#line}: a bracket closes what was not opened.`);
  }
}

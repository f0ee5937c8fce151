const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
/** AWS ids are written in this alphabet (RFC 4648 base 32). */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Repeatable pseudo-random numbers (sfc32): the same seed and label give the same series on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number, label: string) {
    const start = fnv1a(`${seed}/${label}`);
    this.#a = start;
    this.#b = fnv1a(`${label}/${seed}/b`);
    this.#c = start ^ 0x9e3779b9;
    for (let round = 0; round < 12; round += 1) this.uint32();
  }

  uint32(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** 0 (inclusive) to 1 (exclusive). */
  unit(): number {
    return this.uint32() / 4_294_967_296;
  }

  /** Whole number, both ends inclusive. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.unit() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.whole(0, items.length - 1)];
    if (item === undefined) throw new RangeError('Nothing to pick from.');
    return item;
  }

  /** `count` different items in a random order; all of them when there are fewer. */
  sample<T>(items: readonly T[], count: number): T[] {
    const rest = [...items];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0)
      taken.push(...rest.splice(this.whole(0, rest.length - 1), 1));
    return taken;
  }

  hex(bytes: number): string {
    let text = '';
    for (let index = 0; index < bytes; index += 1) text += HEX[this.uint32() >>> 24] ?? '';
    return text;
  }

  uuid(): string {
    const text = this.hex(16);
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-a${text.slice(17, 20)}-${text.slice(20)}`;
  }

  /** An AWS id such as `AROA…`: the prefix and 16 letters or digits. */
  awsId(prefix: 'AKIA' | 'ASIA' | 'AROA' | 'AIDA' | 'AGPA' | 'ANPA' | 'AIPA'): string {
    return prefix + this.#letters(BASE32, 16);
  }

  letters(length: number): string {
    return this.#letters(ALPHANUMERIC, length);
  }

  #letters(alphabet: string, length: number): string {
    let text = '';
    for (let index = 0; index < length; index += 1) text += alphabet.charAt(this.uint32() % alphabet.length);
    return text;
  }
}

function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

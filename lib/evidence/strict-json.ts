import type { JsonObject, JsonValue } from '#lib/core/json.ts';

/** Why a text is not JSON that everybody reads alike. `offset` counts UTF-16 units from the start. */
export class StrictJsonError extends Error {
  readonly problem: 'syntax' | 'duplicate name' | 'trailing bytes' | 'too deep';
  readonly offset: number;

  constructor(problem: StrictJsonError['problem'], offset: number, detail: string) {
    super(`${detail} at offset ${offset}`);
    this.name = 'StrictJsonError';
    this.problem = problem;
    this.offset = offset;
  }
}

const DEPTH_MAX = 100;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads JSON (RFC 8259) and refuses what other readers may take differently: a name that stands twice in one object,
 * and anything after the value. JSON.parse lets both pass. `__proto__` is a name like any other.
 */
export function parseStrictJson(text: string): JsonValue {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): JsonValue {
    if (depth > DEPTH_MAX) throw new StrictJsonError('too deep', this.#at, 'Nested too deep');
    this.#space();
    switch (this.#text.charAt(this.#at)) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return this.#string();
      case 't':
        return this.#word('true', true);
      case 'f':
        return this.#word('false', false);
      case 'n':
        return this.#word('null', null);
      default:
        return this.#number();
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) {
      throw new StrictJsonError('trailing bytes', this.#at, 'Something stands after the end');
    }
  }

  #object(depth: number): JsonObject {
    const members = new Map<string, JsonValue>();
    this.#at += 1;
    this.#space();
    if (this.#take('}')) return {};
    do {
      this.#space();
      const start = this.#at;
      const name = this.#string();
      if (members.has(name))
        throw new StrictJsonError('duplicate name', start, `The name ${JSON.stringify(name)} stands twice`);
      this.#space();
      this.#expect(':');
      members.set(name, this.value(depth + 1));
      this.#space();
    } while (this.#take(','));
    this.#expect('}');
    return Object.fromEntries(members);
  }

  #array(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at += 1;
    this.#space();
    if (this.#take(']')) return items;
    do {
      items.push(this.value(depth + 1));
      this.#space();
    } while (this.#take(','));
    this.#expect(']');
    return items;
  }

  #string(): string {
    const start = this.#at;
    this.#expect('"');
    for (; this.#at < this.#text.length; this.#at += 1) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x5c) this.#at += 1;
      else if (unit === 0x22) {
        this.#at += 1;
        return this.#decode(start);
      }
    }
    throw new StrictJsonError('syntax', start, 'A string does not end');
  }

  /** Escapes and control characters are JSON.parse's to judge. */
  #decode(start: number): string {
    try {
      return JSON.parse(this.#text.slice(start, this.#at)) as string;
    } catch {
      throw new StrictJsonError('syntax', start, 'A string is not valid');
    }
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const found = NUMBER.exec(this.#text)?.[0];
    if (found === undefined) throw new StrictJsonError('syntax', this.#at, 'No value stands');
    this.#at += found.length;
    return Number(found);
  }

  #word<T extends JsonValue>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at))
      throw new StrictJsonError('syntax', this.#at, 'No value stands');
    this.#at += word.length;
    return value;
  }

  #space(): void {
    while (this.#at < this.#text.length && ' \t\n\r'.includes(this.#text.charAt(this.#at))) this.#at += 1;
  }

  #take(unit: string): boolean {
    if (this.#text.charAt(this.#at) !== unit) return false;
    this.#at += 1;
    return true;
  }

  #expect(unit: string): void {
    if (!this.#take(unit))
      throw new StrictJsonError('syntax', this.#at, `${JSON.stringify(unit)} is missing`);
  }
}

import { EXCERPT_BYTES } from './cut-value.ts';
import type { Limits } from './limits.ts';
import type { CutSink, Splitter } from './split.ts';

/**
 * Rows of RFC 4180 as objects by the names of the header row; the separator (comma, semicolon, tab, bar) is the most
 * frequent one of the header. A row with more cells than the header is rejected, missing ones at its end are empty.
 */
export function splitCsv(head: string, sink: CutSink, limits: Limits): Splitter {
  const rows = new CsvRows(separatorOf(head), limits);
  const decoder = new TextDecoder('utf-8');
  let header: string[] | null = null;
  rows.onRow = (cells, line, raw) => {
    if (cells.length === 1 && cells[0] === '') return;
    if (header === null) header = cells.map((name) => name.trim());
    else if (raw.includes('\uFFFD')) sink.reject('it is not valid UTF-8 text', line, raw);
    else if (raw.includes('\0')) sink.reject('it holds a NUL character', line, raw);
    else if (cells.length > header.length)
      sink.reject(`it has ${cells.length} cells and the header has ${header.length}`, line, raw);
    else sink.record(rowObject(header, cells), null, line);
  };
  rows.onTooLarge = (line, raw) =>
    sink.reject(`it has more than ${limits.columns} cells or ${limits.recordBytes} bytes`, line, raw);
  return {
    push: (chunk) => rows.push(decoder.decode(chunk, { stream: true })),
    end: () => {
      rows.push(decoder.decode());
      rows.end((line, raw) => sink.reject('a quoted cell is never closed', line, raw));
    },
  };
}

const rowObject = (header: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(header.map((name, index) => [name, cells[index] ?? ''] as const));

export function separatorOf(head: string): string {
  const [line = ''] = head.split(/\r?\n/, 1);
  const counts = [',', ';', '\t', '|'].map((separator) => ({
    separator,
    count: line.split(separator).length,
  }));
  return counts.reduce((best, each) => (each.count > best.count ? each : best)).separator;
}

class CsvRows {
  onRow: (cells: string[], line: number, raw: string) => void = () => undefined;
  onTooLarge: (line: number, raw: string) => void = () => undefined;
  readonly #separator: string;
  readonly #limits: Limits;
  #cells: string[] = [];
  #cell = '';
  #quoted = false;
  #wasQuoted = false;
  /** The last character was a quote within a quoted cell: its end, or half of a doubled quote. */
  #atQuote = false;
  #line = 1;
  #rowLine = 1;
  #size = 0;
  #isEmpty = true;

  constructor(separator: string, limits: Limits) {
    this.#separator = separator;
    this.#limits = limits;
  }

  push(text: string): void {
    for (const char of text) {
      if (char === '\n') this.#line += 1;
      this.#size += 1;
      if (this.#quoted) this.#inQuotes(char);
      else this.#plain(char);
    }
  }

  end(onUnclosed: (line: number, raw: string) => void): void {
    if (this.#quoted && !this.#atQuote) onUnclosed(this.#rowLine, this.#raw());
    else if (!this.#isEmpty) this.#closeRow();
  }

  #inQuotes(char: string): void {
    if (this.#atQuote) {
      this.#atQuote = false;
      if (char === '"') this.#add('"');
      else {
        this.#quoted = false;
        this.#plain(char);
      }
    } else if (char === '"') this.#atQuote = true;
    else this.#add(char);
  }

  #plain(char: string): void {
    if (char === this.#separator) this.#closeCell();
    else if (char === '\n') this.#closeRow();
    else if (char === '"' && this.#cell === '' && !this.#wasQuoted) {
      this.#quoted = true;
      this.#wasQuoted = true;
      this.#isEmpty = false;
    } else if (char !== '\r') this.#add(char);
  }

  #add(char: string): void {
    this.#isEmpty = false;
    if (this.#size <= this.#limits.recordBytes) this.#cell += char;
  }

  #closeCell(): void {
    this.#isEmpty = false;
    if (this.#cells.length <= this.#limits.columns) this.#cells.push(this.#cell);
    this.#cell = '';
    this.#wasQuoted = false;
  }

  #closeRow(): void {
    const tooLarge = this.#size > this.#limits.recordBytes || this.#cells.length > this.#limits.columns;
    this.#closeCell();
    if (tooLarge) this.onTooLarge(this.#rowLine, this.#raw());
    else this.onRow(this.#cells, this.#rowLine, this.#raw());
    this.#cells = [];
    this.#size = 0;
    this.#rowLine = this.#line;
    this.#quoted = false;
    this.#isEmpty = true;
  }

  #raw(): string {
    return [...this.#cells, this.#cell].join(this.#separator).slice(0, EXCERPT_BYTES);
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toCsv } from './csv.ts';

/** A reader of RFC 4180, by the letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charAt(i);
    if (quoted) {
      if (unit !== '"') cell += unit;
      else if (text.charAt(i + 1) === '"') cell += text.charAt(++i);
      else quoted = false;
    } else if (unit === '"' && cell === '') quoted = true;
    else if (unit === ',') {
      row.push(cell);
      cell = '';
    } else if (unit === '\r' && text.charAt(i + 1) === '\n') {
      rows.push([...row, cell]);
      [row, cell] = [[], ''];
      i += 1;
    } else cell += unit;
  }
  return rows;
}

describe('toCsv', () => {
  it('gives back every cell to a reader of RFC 4180, formulas disarmed', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('=1+1', '+x', '-x', '@x', '\tx', '\rx', 'a,b', '"', ' x '),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const read = readCsv(toCsv(['a', 'b'], rows)).slice(1);
        expect(read).toEqual(
          rows.map((row) =>
            row.map((text) => (/^[=+\-@\t\r\n\0]/.test(text) ? `'${text}` : text).replaceAll('\0', '␀')),
          ),
        );
        for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@\t\r\n\0]/);
      }),
    );
  });
});

import { expect, it } from 'vitest';
import { csvCell, csvText } from './csv.ts';

it('makes text of what a spreadsheet would run', () => {
  expect(['=1+1', '+1', '-1', '@sum', '\tx', '\0x'].map(csvCell)).toEqual([
    "'=1+1",
    "'+1",
    "'-1",
    "'@sum",
    "'\tx",
    "'\0x",
  ]);
  expect(csvCell('\r=1')).toBe('"\'\r=1"');
});

it('keeps numbers, and quotes as RFC 4180 says', () => {
  expect([csvCell(-5), csvCell('a,b'), csvCell('say "x"'), csvCell(null)]).toEqual([
    '-5',
    '"a,b"',
    '"say ""x"""',
    '',
  ]);
});

it('writes a header and CRLF lines', () => {
  const columns = [{ title: 'n', value: (row: number) => row }];
  expect(csvText(columns, [1, 2])).toBe('\uFEFFn\r\n1\r\n2\r\n');
});

/** One row of PostgreSQL's text format for COPY (tab-separated, `\N` for null), as its documentation has it. */
export function copyRow(cells: readonly CopyCell[]): string {
  let row = '';
  for (let i = 0; i < cells.length; i++) {
    if (i > 0) row += '\t';
    const cell = cells[i];
    if (cell === null || cell === undefined) row += '\\N';
    else if (typeof cell === 'string') row += escaped(cell);
    else if (typeof cell === 'boolean') row += cell ? 't' : 'f';
    else row += String(cell);
  }
  return row + '\n';
}

export type CopyCell = string | number | bigint | boolean | null | undefined;

const SPECIAL = /[\\\t\n\r\b\f\v]/;
const ESCAPES = new Map([
  ['\\', '\\\\'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\v', '\\v'],
]);

function escaped(text: string): string {
  return SPECIAL.test(text) ? text.replace(/[\\\t\n\r\b\f\v]/g, (char) => ESCAPES.get(char) ?? char) : text;
}

/** A text array literal; every element quoted. */
export const copyArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`;

/** Bytes of a bytea column in hex format. */
export const copyBytes = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;

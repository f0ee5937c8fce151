/** Cells that a spreadsheet would take for a formula get a quote in front (OWASP: CSV injection). */
const FORMULA = /^[=+\-@\t\r\0]/;

/** One CSV cell by RFC 4180; numbers stay numbers, everything else that looks like a formula is made text. */
export function csvCell(value: string | number | boolean | Date | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const text = value instanceof Date ? value.toISOString() : String(value);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export type CsvColumn<Row> = { title: string; value: (row: Row) => Parameters<typeof csvCell>[0] };

/** Rows as CSV text with a header line, CRLF line ends, and a byte order mark so that spreadsheets read it as UTF-8. */
export function csvText<Row>(columns: readonly CsvColumn<Row>[], rows: Iterable<Row>): string {
  const lines = [columns.map((column) => csvCell(column.title)).join(',')];
  for (const row of rows) lines.push(columns.map((column) => csvCell(column.value(row))).join(','));
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

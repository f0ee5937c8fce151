/** First characters that make a spreadsheet take a cell for a formula (OWASP, CSV injection). */
const FORMULA_START = /^[=+\-@\t\r\n\0]/;

/**
 * One CSV text (RFC 4180: CRLF after each record, quotes doubled) with a header. A cell that a spreadsheet would run as a
 * formula gets a quote in front, inside the field; NUL is shown as its symbol, as readers cut text there.
 */
export function toCsv(
  header: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = (FORMULA_START.test(value) ? `'${value}` : value).replaceAll('\0', '␀');
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

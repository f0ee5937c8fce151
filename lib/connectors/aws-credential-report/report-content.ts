import { isObject } from '#lib/core/json.ts';
import { field } from '../read-value.ts';
import { RejectedRecord } from '../connector.ts';
import { csvObjects } from '../csv-text.ts';

export type ReportRow = ReadonlyMap<string, string>;

/** The rows in one record: a CSV row as it is, or all of them from the `Content` of the call's answer. */
export function reportRows(value: unknown): ReportRow[] {
  if (!isObject(value)) throw new RejectedRecord('A row of a credential report is an object.');
  const content = field(value, 'Content');
  if (content === undefined) return [asRow(value)];
  if (typeof content !== 'string')
    throw new RejectedRecord('The Content of the credential report is not text.');
  const rows = csvObjects(plainText(content));
  if (rows.length === 0) throw new RejectedRecord('The Content of the credential report holds no rows.');
  return rows.map(asRow);
}

/** The API gives the report in base64, the command line as it is. */
function plainText(content: string): string {
  if (content.includes(',')) return content;
  return Buffer.from(content, 'base64').toString('utf8');
}

function asRow(value: Record<string, unknown>): ReportRow {
  const cells = Object.entries(value).flatMap(([name, cell]): [string, string][] =>
    typeof cell === 'string' ? [[name.trim().toLowerCase(), cell.trim()]] : [],
  );
  const row = new Map(cells);
  if (!row.has('user') || !row.has('arn')) throw new RejectedRecord('The row has no user and arn.');
  return row;
}

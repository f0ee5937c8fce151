import type { z } from 'zod';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { suggestMapping } from '#lib/connectors/csv/suggest-mapping.ts';
import { isObject } from '#lib/core/json.ts';
import { rememberedMapping } from './csv-mapping.ts';
import { LIMITS } from './limits.ts';
import { recognise } from './recognise.ts';
import { samplesOf } from './sample.ts';
import { splitCsv } from './split-csv.ts';
import type { tableHead, TablePreview } from './table-schema.ts';

const ROWS_SHOWN = 5;
/** What the beginning of a file shows of a table: its columns and first rows, and how they could be read. Keeps nothing. */
export async function previewTable(
  actor: Actor,
  { head, source }: z.output<typeof tableHead>,
): Promise<TablePreview> {
  assertMay(actor, 'source.manage');
  const columns = samplesOf('table.csv', head).find(({ syntax }) => syntax === 'csv')?.keys ?? [];
  const rows = firstRows(head);
  const known = recognise('table.csv', head);
  const remembered = source === '' ? null : await rememberedMapping(source);
  const isRemembered =
    remembered?.fields.every(({ column }) => column === undefined || columns.includes(column)) ?? false;
  return {
    columns: [...columns],
    rows: rows.map((row) => columns.map((column) => (Object.hasOwn(row, column) ? String(row[column]) : ''))),
    knownAs: 'problem' in known ? null : known.connector.title,
    mapping: isRemembered ? remembered : suggestMapping(columns, rows),
    isRemembered,
  };
}

function firstRows(head: string): Record<string, unknown>[] {
  const rows: Record<string, unknown>[] = [];
  const sink = {
    record: (value: unknown) => {
      if (isObject(value) && rows.length < ROWS_SHOWN) rows.push(value);
    },
    reject: () => undefined,
    envelope: () => undefined,
  };
  splitCsv(head, sink, LIMITS).push(Buffer.from(head));
  return rows;
}

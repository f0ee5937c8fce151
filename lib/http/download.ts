import { csvText, type CsvColumn } from '#lib/core/csv.ts';

/** A file to save. The name is made by us, never by a person or a source, so that no path or header can hide in it. */
export function download(body: BodyInit, name: string, contentType: string): Response {
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '-')}"`,
    },
  });
}

/** Rows as a CSV file to save. */
export function csvDownload<Row>(
  name: string,
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
): Response {
  return download(csvText(columns, rows), name, 'text/csv; charset=utf-8');
}

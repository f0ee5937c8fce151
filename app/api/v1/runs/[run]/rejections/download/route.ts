import { z } from 'zod';
import { csvDownload, download } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';
import { allRejections, type RejectedRow } from '#lib/ingest/download-rejections.ts';
import { runParams } from '#lib/ingest/view-schema.ts';

const COLUMNS = [
  { title: 'file', value: (row: RejectedRow) => row.file },
  { title: 'record', value: (row: RejectedRow) => row.number },
  { title: 'reason', value: (row: RejectedRow) => row.reason },
  { title: 'excerpt', value: (row: RejectedRow) => row.excerpt },
];

export const GET = route({
  permission: 'source.read',
  params: runParams,
  query: z.strictObject({ format: z.enum(['ndjson', 'csv']).default('csv') }),
  output: 'response',
  handle: async ({ actor, params, query }) => {
    const rows = await allRejections(actor, params.run);
    if (query.format === 'csv') return csvDownload(`rejected-${params.run}.csv`, COLUMNS, rows);
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
    return download(text, `rejected-${params.run}.ndjson`, 'application/x-ndjson; charset=utf-8');
  },
});

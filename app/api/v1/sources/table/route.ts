import { route } from '#lib/http/route.ts';
import { previewTable } from '#lib/ingest/preview-table.ts';
import { tableHead, tablePreview } from '#lib/ingest/table-schema.ts';

export const POST = route({
  summary: 'Show the columns and first rows of a table, and how they could be read',
  permission: 'source.manage',
  body: tableHead,
  output: tablePreview,
  handle: ({ actor, body }) => previewTable(actor, body),
});

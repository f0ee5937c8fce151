import { exportGraph } from '#lib/graph-export/export-graph.ts';
import { graphExportQuery } from '#lib/graph-export/schema.ts';
import { download } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';
import { textStream } from '#lib/http/text-stream.ts';

export const GET = route({
  summary: 'Export the live graph as Bailiwick NDJSON, BloodHound OpenGraph or CSV',
  permission: 'evidence.read',
  query: graphExportQuery,
  output: 'response',
  handle: async ({ actor, query }) => {
    const { name, contentType, text } = await exportGraph(actor, query);
    return download(textStream(text), name, contentType);
  },
});

import type { CsvColumn } from '#lib/core/csv.ts';
import { csvDownload } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';
import { chosenColumns } from '#lib/inventory/csv-columns.ts';
import { listNodes } from '#lib/inventory/list-nodes.ts';
import { listNodesQuery, nodePage, type NodeListRow } from '#lib/inventory/schema.ts';

const COLUMNS = [
  { title: 'name', value: (row) => row.name },
  { title: 'key', value: (row) => row.key },
  { title: 'kind', value: (row) => row.kind },
  { title: 'type', value: (row) => row.type },
  { title: 'provider', value: (row) => row.provider },
  { title: 'tenant', value: (row) => row.tenant },
  { title: 'environment', value: (row) => row.environment },
  { title: 'zone', value: (row) => row.zone },
  { title: 'sensitivity', value: (row) => row.sensitivity },
  { title: 'owner', value: (row) => row.owner },
  { title: 'use', value: (row) => row.use },
  { title: 'lastUsed', value: (row) => row.lastUsed },
  { title: 'lifetime', value: (row) => row.lifetime },
  { title: 'createdAt', value: (row) => row.createdAt },
  { title: 'rotatedAt', value: (row) => row.rotatedAt },
  { title: 'expiresAt', value: (row) => row.expiresAt },
  { title: 'attestedUntil', value: (row) => row.attestedUntil },
  { title: 'standing', value: (row) => row.standing },
  { title: 'managed', value: (row) => row.managed },
  { title: 'findings', value: (row) => row.findings },
] satisfies CsvColumn<NodeListRow>[];

export const GET = route({
  permission: 'inventory.read',
  query: listNodesQuery,
  output: 'response',
  handle: async ({ actor, query }) => {
    const page = nodePage.parse(await listNodes(actor, query));
    if (query.format === 'json') return Response.json(page);
    return csvDownload(`${query.group}.csv`, chosenColumns(COLUMNS, query.cols, ['key']), page.rows);
  },
});

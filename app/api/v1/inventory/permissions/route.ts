import type { CsvColumn } from '#lib/core/csv.ts';
import { csvDownload } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';
import { chosenColumns } from '#lib/inventory/csv-columns.ts';
import { listPermissions } from '#lib/inventory/list-permissions.ts';
import { listPermissionsQuery, permissionPage, type PermissionListRow } from '#lib/inventory/schema.ts';

const COLUMNS = [
  { title: 'from', value: (row) => row.from.name },
  { title: 'fromKey', value: (row) => row.from.key },
  { title: 'kind', value: (row) => row.kind },
  { title: 'to', value: (row) => row.to.name },
  { title: 'toKey', value: (row) => row.to.key },
  { title: 'level', value: (row) => row.level },
  { title: 'via', value: (row) => row.via },
  { title: 'conditional', value: (row) => row.conditional },
  { title: 'limited', value: (row) => row.limited },
  { title: 'pattern', value: (row) => row.pattern },
  { title: 'use', value: (row) => row.use },
  { title: 'lastExercised', value: (row) => row.lastExercised },
  { title: 'count', value: (row) => row.count },
  { title: 'observedBy', value: (row) => row.observedBy },
  { title: 'observedFrom', value: (row) => row.observedFrom },
  { title: 'source', value: (row) => row.source },
  { title: 'validFrom', value: (row) => row.validFrom },
] satisfies CsvColumn<PermissionListRow>[];

export const GET = route({
  permission: 'inventory.read',
  query: listPermissionsQuery,
  output: 'response',
  handle: async ({ actor, query }) => {
    const page = permissionPage.parse(await listPermissions(actor, query));
    if (query.format === 'json') return Response.json(page);
    return csvDownload(
      'permissions.csv',
      chosenColumns(COLUMNS, query.cols, ['fromKey', 'toKey']),
      page.rows,
    );
  },
});

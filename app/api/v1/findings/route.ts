import type { CsvColumn } from '#lib/core/csv.ts';
import { listFindings } from '#lib/findings/list-findings.ts';
import { findingPage, listFindingsQuery, type FindingRow } from '#lib/findings/schema.ts';
import { csvDownload } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';
import { chosenColumns } from '#lib/inventory/csv-columns.ts';

const COLUMNS = [
  { title: 'severity', value: (row) => row.severity },
  { title: 'title', value: (row) => row.title },
  { title: 'node', value: (row) => row.node.name },
  { title: 'key', value: (row) => row.node.key },
  { title: 'kind', value: (row) => row.node.kind },
  { title: 'environment', value: (row) => row.node.environment },
  { title: 'summary', value: (row) => row.summary },
  { title: 'owner', value: (row) => row.owner },
  { title: 'state', value: (row) => row.state },
  { title: 'assignee', value: (row) => row.assignee?.name },
  { title: 'acceptedUntil', value: (row) => row.acceptedUntil },
  { title: 'firstSeen', value: (row) => row.firstSeen },
  { title: 'lastSeen', value: (row) => row.lastSeen },
  { title: 'rule', value: (row) => row.rule },
  { title: 'id', value: (row) => row.id },
] satisfies CsvColumn<FindingRow>[];

export const GET = route({
  permission: 'finding.read',
  query: listFindingsQuery,
  output: 'response',
  handle: async ({ actor, query }) => {
    const page = findingPage.parse(await listFindings(actor, query));
    if (query.format === 'json') return Response.json(page);
    return csvDownload('findings.csv', chosenColumns(COLUMNS, query.cols, ['key', 'id']), page.rows);
  },
});

import { blastRadius } from '#lib/exposure/blast-radius.ts';
import { reachQuery, reachView, type ReachView } from '#lib/exposure/schema.ts';
import { csvDownload } from '#lib/http/download.ts';
import { route } from '#lib/http/route.ts';

const COLUMNS = [
  { title: 'hops', value: (row: ReachView['rows'][number]) => row.hops },
  { title: 'kind', value: (row: ReachView['rows'][number]) => row.kind },
  { title: 'name', value: (row: ReachView['rows'][number]) => row.name },
  { title: 'key', value: (row: ReachView['rows'][number]) => row.key },
  { title: 'level', value: (row: ReachView['rows'][number]) => row.level },
  { title: 'sensitivity', value: (row: ReachView['rows'][number]) => row.sensitivity },
  { title: 'environment', value: (row: ReachView['rows'][number]) => row.environment },
  { title: 'owner', value: (row: ReachView['rows'][number]) => row.owner },
];
const CSV_ROWS_MAX = 100_000;

export const GET = route({
  permission: 'graph.read',
  query: reachQuery,
  output: 'response',
  handle: async ({ actor, query }) => {
    if (query.format === 'json') return Response.json(reachView.parse(await blastRadius(actor, query)));
    const { rows } = await blastRadius(actor, { ...query, offset: 0, limit: CSV_ROWS_MAX });
    return csvDownload('blast-radius.csv', COLUMNS, rows);
  },
});

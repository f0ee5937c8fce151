import { listRuns } from '#lib/ingest/read-runs.ts';
import { runList, runsQuery } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'source.read',
  query: runsQuery,
  output: runList,
  handle: ({ actor, query }) => listRuns(actor, query),
});

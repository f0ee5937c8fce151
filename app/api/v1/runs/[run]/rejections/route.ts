import { listRejections } from '#lib/ingest/read-runs.ts';
import { rejectionList, rejectionsQuery, runParams } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'source.read',
  params: runParams,
  query: rejectionsQuery,
  output: rejectionList,
  handle: ({ actor, params, query }) => listRejections(actor, params.run, query),
});

import { listSources } from '#lib/ingest/read-sources.ts';
import { sourceList, sourcesQuery } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'source.read',
  query: sourcesQuery,
  output: sourceList,
  handle: ({ actor, query }) => listSources(actor, query),
});

import { readRun } from '#lib/ingest/read-runs.ts';
import { runParams, runView } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'source.read',
  params: runParams,
  output: runView,
  handle: ({ actor, params }) => readRun(actor, params.run),
});

import { confirmRun } from '#lib/ingest/confirm-run.ts';
import { runResultSchema } from '#lib/ingest/run-result.ts';
import { runParams } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'source.manage',
  params: runParams,
  output: runResultSchema,
  handle: ({ actor, params }) => confirmRun(actor, params.run),
});

import { runResultSchema } from '#lib/ingest/run-result.ts';
import { undoRun } from '#lib/ingest/undo-run.ts';
import { runParams, undoInput } from '#lib/ingest/view-schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'source.manage',
  params: runParams,
  body: undoInput,
  output: runResultSchema,
  handle: ({ actor, params, body }) => undoRun(actor, params.run, body.reason),
});

import { optionsOf, uploadQuerySchema } from '#lib/ingest/options.ts';
import { queueUpload, storeUpload } from '#lib/ingest/receive-upload.ts';
import { bodyFiles } from '#lib/ingest/body-files.ts';
import { route } from '#lib/http/route.ts';

/** Takes one file, or several in frames, as the import page sends them; answers with the queued run. */
export const POST = route({
  permission: 'source.manage',
  query: uploadQuerySchema,
  bodyBytesMax: 'stream',
  output: 'response',
  handle: async ({ actor, query, request }) => {
    const stored = await storeUpload(actor, bodyFiles(request, query.name));
    return Response.json(await queueUpload(actor, stored, optionsOf(query)), { status: 202 });
  },
});

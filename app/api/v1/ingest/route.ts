import { answerOnce } from '#lib/http/idempotency.ts';
import { route } from '#lib/http/route.ts';
import { bodyFiles } from '#lib/ingest/body-files.ts';
import { optionsOf, uploadQuerySchema } from '#lib/ingest/options.ts';
import { dropUpload, queueUpload, storeUpload } from '#lib/ingest/receive-upload.ts';
import { waitForRun } from '#lib/ingest/wait-for-run.ts';

/**
 * Push by machines: JSON, NDJSON or any other known format, gzip or not, chunked or not. Answers 202 with the run, or
 * with `wait=1` the finished run. The same Idempotency-Key with the same body gives the same run again.
 */
export const POST = route({
  permission: 'ingest.write',
  query: uploadQuerySchema,
  bodyBytesMax: 'stream',
  output: 'response',
  handle: async ({ actor, query, request }) => {
    const stored = await storeUpload(actor, bodyFiles(request, query.name));
    let isTaken = false;
    const answer = await answerOnce(actor.id, request, { sha256: stored.sha256 }, async () => {
      isTaken = true;
      return { status: 202, body: await queueUpload(actor, stored, optionsOf(query)) };
    }).finally(() => (isTaken ? undefined : dropUpload(stored.upload)));
    if (!query.wait) return Response.json(answer.body, { status: answer.status });
    const finished = await waitForRun(actor, (answer.body as { run: string }).run);
    return Response.json(finished ?? answer.body, { status: finished === null ? 202 : 200 });
  },
});

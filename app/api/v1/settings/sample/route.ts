import { z } from 'zod';
import { route } from '#lib/http/route.ts';
import { requestSample } from '#lib/sample/request-sample.ts';

/** Asks the worker to load the sample organisation; its runs appear among the sources. */
export const POST = route({
  permission: 'settings.manage',
  output: z.object({ started: z.literal(true) }),
  status: 202,
  handle: ({ actor }) => requestSample(actor),
});

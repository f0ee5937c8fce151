import { z } from 'zod';
import { reportHealth } from '#lib/http/health.ts';
import { route } from '#lib/http/route.ts';

/** 200 once the database is up and migrated, else 503: for load balancers and for whoever waits for the start. */
export const GET = route({
  permission: 'public',
  output: z.object({ status: z.literal('ok') }),
  handle: reportHealth,
});

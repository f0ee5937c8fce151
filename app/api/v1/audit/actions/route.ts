import { z } from 'zod';
import { listActions } from '#lib/audit/list-audit.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({
  permission: 'audit.read',
  output: z.object({ actions: z.array(z.string()) }),
  handle: ({ actor }) => listActions(actor),
});

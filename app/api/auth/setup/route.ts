import { z } from 'zod';
import { setupInput } from '#lib/auth/schema.ts';
import { completeSetup } from '#lib/auth/setup.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'public',
  body: setupInput,
  output: z.object({ userId: z.string() }),
  status: 201,
  handle: ({ actor, body, requestId }) => completeSetup(body, { address: actor.address, requestId }),
});

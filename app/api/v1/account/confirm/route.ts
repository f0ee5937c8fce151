import { z } from 'zod';
import { confirmIdentity } from '#lib/auth/account/own-account.ts';
import { confirmInput } from '#lib/auth/account/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'account.own',
  body: confirmInput,
  output: z.object({ confirmed: z.literal(true) }),
  handle: ({ actor, body }) => confirmIdentity(actor, body.password),
});

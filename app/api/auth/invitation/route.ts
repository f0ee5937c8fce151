import { z } from 'zod';
import { acceptInvitation } from '#lib/auth/users/invite-user.ts';
import { acceptInvitationInput } from '#lib/auth/users/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'public',
  body: acceptInvitationInput,
  output: z.object({ email: z.string() }),
  handle: ({ actor, body, requestId }) => acceptInvitation(body, { address: actor.address, requestId }),
});

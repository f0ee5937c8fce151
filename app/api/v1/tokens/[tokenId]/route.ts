import { z } from 'zod';
import { revokeToken } from '#lib/auth/tokens/change-tokens.ts';
import { tokenParams } from '#lib/auth/tokens/schema.ts';
import { route } from '#lib/http/route.ts';

export const DELETE = route({
  permission: 'token.manage',
  params: tokenParams,
  output: z.object({ id: z.string() }),
  handle: ({ actor, params }) => revokeToken(actor, params.tokenId),
});

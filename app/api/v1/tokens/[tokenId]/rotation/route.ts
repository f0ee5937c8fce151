import { rotateToken } from '#lib/auth/tokens/change-tokens.ts';
import { createdToken, tokenParams } from '#lib/auth/tokens/schema.ts';
import { route } from '#lib/http/route.ts';

export const POST = route({
  permission: 'token.manage',
  params: tokenParams,
  output: createdToken,
  status: 201,
  keepsNoAnswer: true,
  handle: ({ actor, params }) => rotateToken(actor, params.tokenId),
});

import { createToken } from '#lib/auth/tokens/change-tokens.ts';
import { listTokens } from '#lib/auth/tokens/list-tokens.ts';
import { createdToken, createTokenInput, tokenList } from '#lib/auth/tokens/schema.ts';
import { route } from '#lib/http/route.ts';

export const GET = route({ permission: 'token.manage', output: tokenList, handle: () => listTokens() });

export const POST = route({
  permission: 'token.manage',
  body: createTokenInput,
  output: createdToken,
  status: 201,
  keepsNoAnswer: true,
  handle: ({ actor, body }) => createToken(actor, body),
});

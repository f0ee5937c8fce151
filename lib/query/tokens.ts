import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { createdToken, tokenList, type createTokenInput } from '#lib/auth/tokens/schema.ts';
import { fetchJson } from './fetch-json.ts';

const PATH = '/api/v1/tokens';
const anything = { parse: (value: unknown) => value };

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => fetchJson(PATH, { output: tokenList, signal }),
});

export const createToken = (body: z.input<typeof createTokenInput>) =>
  fetchJson(PATH, { method: 'POST', body, output: createdToken });

export const rotateToken = (tokenId: string) =>
  fetchJson(`${PATH}/${encodeURIComponent(tokenId)}/rotation`, { method: 'POST', output: createdToken });

export const revokeToken = (tokenId: string) =>
  fetchJson(`${PATH}/${encodeURIComponent(tokenId)}`, { method: 'DELETE', output: anything });

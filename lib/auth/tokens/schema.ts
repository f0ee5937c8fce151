import { z } from 'zod';
import { personName } from '#lib/core/text-fields.ts';
import { TOKEN_SCOPES } from '#lib/authz/permissions.ts';

export const EXPIRY_DAYS_MAX = 365;
export const tokenParams = z.object({ tokenId: z.string().max(64) });

const tokenView = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, to recognise it. */
  prefix: z.string(),
  scopes: z.array(z.string()),
  /** Sources that it may write to; empty: all. */
  sources: z.array(z.object({ id: z.string(), name: z.string() })),
  createdBy: z.string(),
  /** Whether whoever made it can still sign in. */
  creatorActive: z.boolean(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  state: z.enum(['active', 'expired', 'revoked']),
});
export type TokenView = z.infer<typeof tokenView>;
export const tokenList = z.object({ rows: z.array(tokenView), total: z.number() });

export const createTokenInput = z.strictObject({
  name: personName,
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1, 'Choose at least one scope.'),
  sourceIds: z.array(z.string().max(64)).max(100).default([]),
  expiresInDays: z.number().int().min(1).max(EXPIRY_DAYS_MAX),
});

/** The only answer that holds a token; it is not kept and cannot be shown again. */
export const createdToken = z.object({ id: z.string(), token: z.string(), expiresAt: z.string() });
export type CreatedToken = z.infer<typeof createdToken>;

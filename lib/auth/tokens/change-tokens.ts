import { record } from '#lib/audit/record.ts';
import type { TokenScope } from '#lib/auth/find-live-token.ts';
import { makeToken, tokenHash, tokenPrefix } from '#lib/auth/token-format.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { assertRecentSignIn } from '#lib/authz/recent-sign-in.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import { EXPIRY_DAYS_MAX, type CreatedToken } from './schema.ts';

const DAY_MS = 86_400_000;

export type TokenInput = {
  name: string;
  scopes: readonly TokenScope[];
  /** Sources that it may write to; empty: all. */
  sourceIds: readonly string[];
  expiresInDays: number;
};

/** Makes an API token. Nobody gives a token what they may not do themselves. */
export function createToken(actor: Actor, input: TokenInput): Promise<CreatedToken> {
  assertMay(actor, 'token.manage');
  assertRecentSignIn(actor);
  for (const scope of input.scopes) assertMay(actor, scope);
  if (input.expiresInDays > EXPIRY_DAYS_MAX)
    throw new AppError('invalid_input', `A token lives at most ${EXPIRY_DAYS_MAX} days.`);
  return inTransaction((tx) => insertToken(tx, actor, input, 'token.create'));
}

/** Replaces a token by a new one with the same name, scopes and lifetime; the old one stops working at once. */
export function rotateToken(actor: Actor, tokenId: string): Promise<CreatedToken> {
  assertMay(actor, 'token.manage');
  assertRecentSignIn(actor);
  return inTransaction(async (tx) => {
    const old = await revoke(tx, tokenId);
    const lifetimeDays = Math.round((old.expiresAt.getTime() - old.createdAt.getTime()) / DAY_MS);
    const { name, scopes, sourceIds } = old;
    const expiresInDays = Math.min(EXPIRY_DAYS_MAX, Math.max(1, lifetimeDays));
    return insertToken(tx, actor, { name, scopes, sourceIds, expiresInDays }, 'token.rotate', tokenId);
  });
}

/** Stops a token from the next request on. */
export function revokeToken(actor: Actor, tokenId: string): Promise<{ id: string }> {
  assertMay(actor, 'token.manage');
  return inTransaction(async (tx) => {
    const { name } = await revoke(tx, tokenId);
    await record(tx, actor, { action: 'token.revoke', subject: `token:${tokenId}`, before: { name } });
    return { id: tokenId };
  });
}

async function insertToken(
  tx: Tx,
  actor: Actor,
  input: Omit<TokenInput, 'scopes'> & { scopes: readonly string[] },
  action: 'token.create' | 'token.rotate',
  replaces?: string,
): Promise<CreatedToken> {
  const token = makeToken();
  const id = newId('tok');
  const expiresAt = new Date(Date.now() + input.expiresInDays * DAY_MS);
  const { name } = input;
  const scopes = [...input.scopes];
  const sourceIds = [...input.sourceIds];
  if ((await tx.source.count({ where: { id: { in: sourceIds } } })) !== new Set(sourceIds).size)
    throw notFound('source');
  const hash = Uint8Array.from(tokenHash(token));
  const prefix = tokenPrefix(token);
  await tx.apiToken.create({
    data: { id, name, prefix, hash, scopes, sourceIds, createdBy: actor.id, expiresAt },
  });
  const after = {
    name,
    prefix,
    scopes,
    sourceIds,
    expiresAt: expiresAt.toISOString(),
    replaces: replaces ?? null,
  };
  await record(tx, actor, { action, subject: `token:${id}`, after });
  return { id, token, expiresAt: expiresAt.toISOString() };
}

async function revoke(tx: Tx, tokenId: string) {
  const token = await tx.apiToken.findUnique({ where: { id: tokenId } });
  if (!token) throw notFound('token');
  if (token.revokedAt !== null) throw new AppError('conflict', 'This token is revoked already.');
  return tx.apiToken.update({ where: { id: tokenId, revokedAt: null }, data: { revokedAt: new Date() } });
}

import { AppError } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import type { TokenView } from './schema.ts';

const LIST_MAX = 1000;

/** API tokens, those that work first, newest first. */
export async function listTokens(): Promise<{ rows: TokenView[]; total: number }> {
  const tokens = await db().apiToken.findMany({ orderBy: { createdAt: 'desc' }, take: LIST_MAX });
  const [users, sources] = await Promise.all([
    db().user.findMany({ where: { id: { in: tokens.map((token) => token.createdBy) } } }),
    db().source.findMany({ where: { id: { in: tokens.flatMap((token) => token.sourceIds) } } }),
  ]);
  const creators = new Map(users.map((user) => [user.id, user]));
  const names = new Map(sources.map((source) => [source.id, source.name]));
  const now = Date.now();
  const rows = tokens.map((token): TokenView => {
    const creator = creators.get(token.createdBy);
    return {
      id: token.id,
      name: token.name,
      prefix: token.prefix,
      scopes: token.scopes,
      sources: token.sourceIds.map((id) => ({ id, name: names.get(id) ?? id })),
      createdBy: creator?.name ?? 'Command line',
      creatorActive: creator === undefined || creator.disabledAt === null,
      createdAt: token.createdAt.toISOString(),
      expiresAt: token.expiresAt.toISOString(),
      lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
      revokedAt: token.revokedAt?.toISOString() ?? null,
      state: token.revokedAt !== null ? 'revoked' : token.expiresAt.getTime() <= now ? 'expired' : 'active',
    };
  });
  const order = { active: 0, expired: 1, revoked: 2 };
  rows.sort((a, b) => order[a.state] - order[b.state]);
  return { rows, total: rows.length };
}

/** Ids of sources by their names, for the command line. Throws `not_found` with the name that there is not. */
export async function sourceIdsByName(names: readonly string[]): Promise<string[]> {
  const sources = await db().source.findMany({ where: { name: { in: [...names] } } });
  const missing = names.find((name) => !sources.some((source) => source.name === name));
  if (missing !== undefined)
    throw new AppError(
      'not_found',
      `There is no source “${missing}”. Import something under that name first.`,
    );
  return sources.map((source) => source.id);
}

import { TOKEN_SCOPES } from '#lib/authz/permissions.ts';
import { db } from '#lib/db/client.ts';
import { isTokenForm, tokenHash } from './token-format.ts';

export type TokenScope = (typeof TOKEN_SCOPES)[number];
export type LiveToken = { id: string; name: string; scopes: TokenScope[]; sourceIds: string[] };

/** The token if it is known, neither expired nor revoked, by database time. Notes its last use once a minute. */
export async function findLiveToken(token: string): Promise<LiveToken | null> {
  if (!isTokenForm(token)) return null;
  const [row] = await db().$queryRaw<
    { id: string; name: string; scopes: string[]; sourceIds: string[]; isStale: boolean }[]
  >`
    SELECT id, name, scopes, source_ids AS "sourceIds",
      coalesce(last_used_at < now() - interval '1 minute', true) AS "isStale"
    FROM api_token
    WHERE hash = ${Uint8Array.from(tokenHash(token))} AND revoked_at IS NULL AND expires_at > now()`;
  if (!row) return null;
  if (row.isStale) await db().$executeRaw`UPDATE api_token SET last_used_at = now() WHERE id = ${row.id}`;
  return { id: row.id, name: row.name, scopes: row.scopes.filter(isTokenScope), sourceIds: row.sourceIds };
}

const isTokenScope = (text: string): text is TokenScope => (TOKEN_SCOPES as readonly string[]).includes(text);

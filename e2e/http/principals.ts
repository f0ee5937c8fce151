import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { TOKEN_SCOPES } from '#lib/authz/permissions.ts';
import { pageHeaders, send } from './send.ts';
import { demoSignIn, signIn, signOut, type RoleName } from './sign-in.ts';

type Scope = (typeof TOKEN_SCOPES)[number];

export type Principal = {
  name: string;
  /** What it brings along with every request. */
  headers: Record<string, string>;
  /** Null: it counts as nobody. */
  role: RoleName | null;
  scope: Scope | null;
};

const ROLES: readonly RoleName[] = ['administrator', 'security', 'owner', 'auditor'];
const MARK = 'permission matrix';

/** Everybody who can knock: nobody, the four roles, who has lost their access, and a token per scope, expired and revoked. */
export async function makePrincipals(database: pg.Client): Promise<Principal[]> {
  const people: Principal[] = [];
  for (const role of ROLES)
    people.push({ name: role, headers: { cookie: await signIn(demoSignIn(role)) }, role, scope: null });
  const administrator = people[0]?.headers ?? {};
  const lost = (name: string, headers: Record<string, string>): Principal => ({
    name,
    headers,
    role: null,
    scope: null,
  });
  const ended = await signIn(demoSignIn('auditor'));
  await signOut(ended);
  const tokens: Principal[] = [];
  for (const scope of TOKEN_SCOPES)
    tokens.push({
      name: `token ${scope}`,
      headers: (await makeToken(administrator, [scope])).headers,
      role: null,
      scope,
    });
  const expired = await makeToken(administrator, TOKEN_SCOPES);
  await database.query(`UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1`, [
    expired.id,
  ]);
  const revoked = await makeToken(administrator, TOKEN_SCOPES);
  await call(administrator, 'DELETE', `/api/v1/tokens/${revoked.id}`);
  return [
    lost('nobody', {}),
    ...people,
    lost('disabled person', { cookie: await disabledPerson(administrator) }),
    lost('ended session', { cookie: ended }),
    ...tokens,
    lost('expired token', expired.headers),
    lost('revoked token', revoked.headers),
  ];
}

/** Takes back what `makePrincipals` has made, so that other tests find the sample as it was. The audit log keeps its word. */
export async function dropPrincipals(database: pg.Client): Promise<void> {
  await database.query(`DELETE FROM api_token WHERE name = $1`, [MARK]);
  await database.query(`DELETE FROM app_user WHERE name = $1`, [MARK]);
}

async function disabledPerson(administrator: Record<string, string>): Promise<string> {
  const email = `${randomBytes(6).toString('hex')}@meridian.example`;
  const password = randomBytes(12).toString('hex');
  const invited = await call(administrator, 'POST', '/api/v1/users', {
    name: MARK,
    email,
    role: 'administrator',
  });
  const { userId, link } = invited as { userId: string; link: string };
  const { searchParams, hash } = new URL(link);
  const code = searchParams.get('code') ?? new URLSearchParams(hash.slice(1)).get('code') ?? hash.slice(1);
  await call({}, 'POST', '/api/auth/invitation', { code, password });
  const cookie = await signIn({ email, password });
  await call(administrator, 'PATCH', `/api/v1/users/${userId}`, { disabled: true });
  return cookie;
}

async function makeToken(administrator: Record<string, string>, scopes: readonly Scope[]) {
  const made = await call(administrator, 'POST', '/api/v1/tokens', { name: MARK, scopes, expiresInDays: 1 });
  const { id, token } = made as { id: string; token: string };
  return { id, headers: { authorization: `Bearer ${token}` } };
}

async function call(
  who: Record<string, string>,
  method: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const headers = { ...pageHeaders(), ...who };
  const answer = await send({ method, path, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  if (answer.status >= 300) throw new Error(`${method} ${path} was refused: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text);
}

import { createSecretKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT, UnsecuredJWT, exportJWK, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { beginSignIn, CLIENT_ID, CLIENT_SECRET, listen, useIssuer } from './test-oidc-provider.ts';
import { callAuth, CookieJar } from './test-sign-in.ts';

useTestDatabase();

// A provider that answers every code with the ID token that the test made.
const honest = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
let idToken = '';
let named: string | null = null;
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  const jwk = { ...(await exportJWK(honest.publicKey)), kid: 'k1', use: 'sig', alg: 'RS256' };
  server = await listen((request, response) => {
    const issuer = named ?? server.origin;
    const answers = new Map<string, unknown>([
      [
        '/.well-known/openid-configuration',
        {
          issuer,
          authorization_endpoint: `${server.origin}/authorize`,
          token_endpoint: `${server.origin}/token`,
          jwks_uri: `${server.origin}/jwks`,
          id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        },
      ],
      ['/jwks', { keys: [jwk] }],
      ['/token', { access_token: 'x', token_type: 'Bearer', id_token: idToken }],
    ]);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers.get(request.url ?? '') ?? {}));
  });
  useIssuer(server.origin, { OIDC_ROLE_MAP: 'owner=*' });
});
afterAll(() => server.stop());

const seconds = () => Math.floor(Date.now() / 1000);
const honestClaims = (nonce: string): JWTPayload => ({
  iss: server.origin,
  aud: CLIENT_ID,
  sub: 'mallory',
  nonce,
  iat: seconds(),
  exp: seconds() + 300,
});
const sign = (claims: JWTPayload, key: KeyObject = honest.privateKey, alg = 'RS256', kid = 'k1') =>
  new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);

/** Signs in with the token that `make` builds for the nonce of this flow; whether that opened a session. */
async function isLetIn(make: (nonce: string) => string | Promise<string>): Promise<boolean> {
  const jar = new CookieJar();
  const url = await beginSignIn(jar);
  idToken = await make(url.searchParams.get('nonce') ?? '');
  const state = encodeURIComponent(url.searchParams.get('state') ?? '');
  const response = await callAuth(`callback/oidc?code=c&state=${state}`, { cookie: jar.header });
  jar.keep(response);
  return jar.names().some((name) => name.endsWith('.session'));
}

const publicPem = () =>
  createSecretKey(Buffer.from(honest.publicKey.export({ type: 'spki', format: 'pem' })));
const clientSecret = () => createSecretKey(Buffer.from(CLIENT_SECRET));

const LIES: [string, (nonce: string) => string | Promise<string>][] = [
  ['no signature (alg none)', (n) => new UnsecuredJWT(honestClaims(n)).encode()],
  ['its signature cut off', async (n) => (await sign(honestClaims(n))).replace(/[^.]*$/, '')],
  [
    'a changed payload',
    async (n) =>
      (await sign(honestClaims(n))).replace(
        /\.[^.]*\./,
        `.${Buffer.from(JSON.stringify({ ...honestClaims(n), sub: 'root' })).toString('base64url')}.`,
      ),
  ],
  ['HS256 with the public key as the secret', (n) => sign(honestClaims(n), publicPem(), 'HS256')],
  ['HS256 with the client secret', (n) => sign(honestClaims(n), clientSecret(), 'HS256')],
  ['another algorithm than agreed (RS512)', (n) => sign(honestClaims(n), honest.privateKey, 'RS512')],
  ['the signature of another key', (n) => sign(honestClaims(n), other.privateKey)],
  ['a key that is not published', (n) => sign(honestClaims(n), other.privateKey, 'RS256', 'k2')],
  ['another issuer', (n) => sign({ ...honestClaims(n), iss: 'https://evil.example' })],
  ['another audience', (n) => sign({ ...honestClaims(n), aud: 'another-client' })],
  [
    'two audiences and another authorised party',
    (n) => sign({ ...honestClaims(n), aud: [CLIENT_ID, 'x'], azp: 'x' }),
  ],
  ['another nonce', (n) => sign({ ...honestClaims(n), nonce: 'x' })],
  [
    'no nonce',
    (n) => sign(Object.fromEntries(Object.entries(honestClaims(n)).filter(([name]) => name !== 'nonce'))),
  ],
  ['an expiry that is past', (n) => sign({ ...honestClaims(n), exp: seconds() - 60 })],
  ['a beginning that is ahead', (n) => sign({ ...honestClaims(n), nbf: seconds() + 600 })],
  ['no subject', (n) => sign({ ...honestClaims(n), sub: '' })],
  ['an endless subject', (n) => sign({ ...honestClaims(n), sub: 'x'.repeat(300) })],
  ['no token at all', () => ''],
];

describe('a provider whose ID token has', () => {
  it('nothing wrong lets the person in', async () => {
    expect(await isLetIn((nonce) => sign(honestClaims(nonce)))).toBe(true);
  });

  it.each(LIES)('%s lets nobody in', async (_name, make) => {
    const users = await db().user.count();
    expect(await isLetIn(make)).toBe(false);
    expect(await db().user.count()).toBe(users);
  });

  it('the issuer that discovery names but not the one that was configured lets nobody in', async () => {
    named = 'https://evil.example';
    expect(await isLetIn((nonce) => sign({ ...honestClaims(nonce), iss: 'https://evil.example' }))).toBe(
      false,
    );
    named = null;
  });
});

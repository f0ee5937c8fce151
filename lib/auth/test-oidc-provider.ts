import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { exportToEnvironment } from '#lib/env.ts';
import { callAuth, CookieJar, csrfTokenFor, TEST_ORIGIN } from './test-sign-in.ts';

// A real OpenID provider on the loopback, whose sign-in page says yes by itself.

export const CLIENT_ID = 'bailiwick';
export const CLIENT_SECRET = 'a client secret for tests';
const CALLBACK = `${TEST_ORIGIN}/api/auth/callback/oidc`;

export type TestPerson = { sub: string; [claim: string]: unknown };

/** Points this process at a provider. */
export function useIssuer(issuer: string, more: Record<string, string> = {}): void {
  exportToEnvironment({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_ROLE_MAP: 'administrator=it-admins,security=sec,owner=staff',
    OIDC_TEAM_CLAIM: 'teams',
    ...more,
  });
}

/** Listens on a port that the system gives; `stop` ends it and its connections. */
export async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}

/** Starts the provider; `person` may be changed between sign-ins. */
export async function startProvider(person: { current: TestPerson }) {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = await listen((request, response) => {
    handle(request, response);
  });
  const provider = new Provider(server.origin, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [CALLBACK] }],
    claims: { openid: ['sub'], profile: ['name', 'groups', 'teams'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => person.current }),
    cookies: { keys: ['cookie key for tests'] },
  });
  const callback = provider.callback();
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/') === true)
      void agree(provider, person.current.sub, request, response);
    else void callback(request, response);
  };
  return { issuer: server.origin, stop: server.stop };
}

async function agree(provider: Provider, sub: string, request: IncomingMessage, response: ServerResponse) {
  const { prompt, session, grantId } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login') {
    await provider.interactionFinished(request, response, { login: { accountId: sub } });
    return;
  }
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const grant = known ?? new provider.Grant({ accountId: session?.accountId ?? sub, clientId: CLIENT_ID });
  grant.addOIDCScope('openid profile email');
  await provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

/** Asks our side to begin; returns the provider's address. */
export async function beginSignIn(jar: CookieJar): Promise<URL> {
  const csrfToken = await csrfTokenFor(jar);
  const body = { csrfToken, callbackUrl: '/graph' };
  const response = await callAuth('signin/oidc', { cookie: jar.header, body });
  jar.keep(response);
  return new URL(((await response.json()) as { url: string }).url);
}

/** Follows the provider's redirects until it sends the browser back to us; returns the path and query of that. */
export async function askProvider(start: URL): Promise<string> {
  const jar = new CookieJar();
  let url = start;
  for (let hops = 0; hops < 10; hops++) {
    const response = await fetch(url, { headers: { cookie: jar.header }, redirect: 'manual' });
    jar.keep(response);
    const location = response.headers.get('location');
    if (location === null)
      throw new Error(`The provider answered ${response.status}: ${await response.text()}`);
    url = new URL(location, url);
    if (url.origin === TEST_ORIGIN) return `callback/oidc${url.search}`;
  }
  throw new Error('The provider redirected in circles.');
}

/** A whole sign-in through the provider, as a browser does it. */
export async function signInThroughProvider(jar = new CookieJar()) {
  const back = await askProvider(await beginSignIn(jar));
  const response = await callAuth(back, { cookie: jar.header });
  jar.keep(response);
  return { response, jar, back };
}

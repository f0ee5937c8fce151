import { systemActor } from '#lib/authz/actor.ts';
import { inTransaction } from '#lib/db/client.ts';
import type { RoleName } from '#lib/db/generated/enums.ts';
import { route } from '#lib/http/route.ts';
import { createLocalUser } from './create-local-user.ts';
import { answerNextAuth } from './next-auth-bridge.ts';

// What tests need to act as a signed-in person, through the same doors as a browser.

export const TEST_ORIGIN = 'http://localhost:3000';
export const TEST_PASSWORD = 'lantern orchard wednesday';

type Sent = { cookie?: string; body?: unknown; headers?: Record<string, string>; method?: string };

/** A request as one of our own pages sends it. */
export function pageRequest(path: string, { cookie, body, headers, method }: Sent = {}): Request {
  const hasBody = body !== undefined;
  return new Request(`${TEST_ORIGIN}${path}`, {
    method: method ?? (hasBody ? 'POST' : 'GET'),
    headers: {
      host: 'localhost:3000',
      origin: TEST_ORIGIN,
      'x-bailiwick': '1',
      'x-forwarded-for': '192.0.2.7',
      ...(cookie === undefined ? {} : { cookie }),
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(hasBody ? { body: JSON.stringify(body) } : {}),
  });
}

const nextAuthRoute = route({
  permission: 'public',
  output: 'response',
  handle: ({ request, requestId }) =>
    answerNextAuth(request, new URL(request.url).pathname.split('/').slice(3), requestId),
});

/** Calls a route under /api/auth. */
export const callAuth = (path: string, sent: Sent = {}): Promise<Response> =>
  nextAuthRoute(pageRequest(`/api/auth/${path}`, sent), { params: Promise.resolve({}) });

/** A browser's cookie jar: the cookies of earlier answers, as one header. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  keep(response: Response): this {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const split = pair.indexOf('=');
      const isGone = attributes.some((attribute) => /^\s*max-age=0$/i.test(attribute));
      if (isGone) this.#cookies.delete(pair.slice(0, split));
      else this.#cookies.set(pair.slice(0, split), pair.slice(split + 1));
    }
    return this;
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  names(): string[] {
    return [...this.#cookies.keys()];
  }
}

export async function csrfTokenFor(jar: CookieJar): Promise<string> {
  const response = await callAuth('csrf', { cookie: jar.header });
  jar.keep(response);
  return ((await response.json()) as { csrfToken: string }).csrfToken;
}

export async function signIn(email: string, password = TEST_PASSWORD, jar = new CookieJar()) {
  const csrfToken = await csrfTokenFor(jar);
  const response = await callAuth('callback/credentials', {
    cookie: jar.header,
    body: { csrfToken, email, password },
  });
  jar.keep(response);
  return { response, jar };
}

export function makeUser(email: string, role: RoleName): Promise<string> {
  const actor = systemActor('cli', 'Command line');
  const person = { name: email, email, role, password: TEST_PASSWORD };
  return inTransaction((tx) => createLocalUser(tx, actor, person));
}

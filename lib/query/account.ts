import { fetchJson } from './fetch-json.ts';

const answer = { parse: (value: unknown) => value };

/** The part of an answer of next-auth that says where to go; by hand, so that the sign-in page ships no schema library. */
const redirectAnswer = {
  parse: (value: unknown): { url: string } => {
    const url: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'url') : undefined;
    if (typeof url !== 'string') throw new TypeError('No address in the answer.');
    return { url };
  },
};

const csrfAnswer = {
  parse: (value: unknown): string => {
    const token: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'csrfToken') : undefined;
    if (typeof token !== 'string') throw new TypeError('No token in the answer.');
    return token;
  },
};

const csrfToken = () => fetchJson('/api/auth/csrf', { output: csrfAnswer });

/** Signs in with a local account. @throws {ApiProblem} `unauthenticated`, `rate_limited` */
export async function signInWithPassword(input: { email: string; password: string }): Promise<void> {
  const body = { ...input, csrfToken: await csrfToken() };
  await fetchJson('/api/auth/callback/credentials', { method: 'POST', body, output: redirectAnswer });
}

/** The provider's address at which single sign-on goes on; it comes back to `returnTo`. */
export async function startSingleSignOn(returnTo: string): Promise<string> {
  const body = { csrfToken: await csrfToken(), callbackUrl: returnTo };
  const { url } = await fetchJson('/api/auth/signin/oidc', { method: 'POST', body, output: redirectAnswer });
  return url;
}

/** Ends this session on the server and drops its cookie. */
export async function signOut(): Promise<void> {
  const body = { csrfToken: await csrfToken(), callbackUrl: '/sign-in' };
  await fetchJson('/api/auth/signout', { method: 'POST', body, output: redirectAnswer });
}

/** Creates the first administrator with the code from the console. */
export async function completeSetup(input: {
  code: string;
  name: string;
  email: string;
  password: string;
}): Promise<void> {
  await fetchJson('/api/auth/setup', { method: 'POST', body: input, output: answer });
}

const invitedAnswer = {
  parse: (value: unknown): { email: string } => {
    const email: unknown =
      typeof value === 'object' && value !== null ? Reflect.get(value, 'email') : undefined;
    if (typeof email !== 'string') throw new TypeError('No e-mail address in the answer.');
    return { email };
  },
};

/** Sets the password that belongs to an invitation's code; the address of the account comes back. */
export const acceptInvitation = (body: { code: string; password: string }): Promise<{ email: string }> =>
  fetchJson('/api/auth/invitation', { method: 'POST', body, output: invitedAnswer });

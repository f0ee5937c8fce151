import type { AuthOptions } from 'next-auth';
import type { Provider } from 'next-auth/providers/index';
import credentials from 'next-auth/providers/credentials';
import { record } from '#lib/audit/record.ts';
import { anonymousActor } from '#lib/authz/actor.ts';
import { inTransaction } from '#lib/db/client.ts';
import { authCookies } from './cookies.ts';
import { defaultOf } from './default-of.ts';
import { sessionSecret } from './instance-keys.ts';
import { hasOidc, oidcProvider } from './oidc-provider.ts';
import { ABSOLUTE_DAYS, startSession, type LiveSession } from './sessions.ts';
import { signInLocally } from './sign-in-local.ts';
import { signInWithOidc, type OidcClaims } from './sign-in-oidc.ts';

/** What one request to next-auth brings along; its callbacks get nothing of it by themselves. */
export type SignInContext = {
  address: string | null;
  userAgent: string | null;
  requestId: string;
  /** The session that this browser's cookie names, ended when another begins. */
  sessionId: string | null;
  live: LiveSession | null;
};

const SECONDS_PER_DAY = 86_400;

/**
 * next-auth for one request. Its cookie holds an encrypted token with nothing in it but the id of a row of `session`;
 * that row is what counts, and it is read at every request.
 */
export function nextAuthOptions(context: SignInContext): AuthOptions {
  const maxAge = ABSOLUTE_DAYS * SECONDS_PER_DAY;
  return {
    secret: sessionSecret(),
    providers: providers(context),
    session: { strategy: 'jwt', maxAge },
    jwt: { maxAge },
    cookies: authCookies(),
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    callbacks: callbacks(context),
    logger: {
      error: (code, detail) => {
        if (code === 'JWT_SESSION_ERROR') return; // a session that has ended is no fault
        console.error(context.requestId, 'next-auth', code, causeOf(detail));
      },
      warn: (code) => {
        console.warn(context.requestId, 'next-auth', code);
      },
      debug: () => undefined,
    },
  };
}

function providers(context: SignInContext): Provider[] {
  const local = defaultOf(credentials)({
    id: 'credentials',
    name: 'Local account',
    credentials: { email: {}, password: {} },
    authorize: async (input) => {
      const { email, password } = input ?? {};
      if (typeof email !== 'string' || typeof password !== 'string') return null;
      const verdict = await signInLocally({ email, password, ...context }).catch(hideReason);
      if (!verdict.ok) throw new Error(verdict.code);
      return { id: verdict.userId, name: verdict.name, email: verdict.email };
    },
  });
  return hasOidc() ? [local, oidcProvider()] : [local];
}

function callbacks(context: SignInContext): NonNullable<AuthOptions['callbacks']> {
  let signedIn: string | null = null;
  return {
    signIn: async ({ user, account, profile }) => {
      if (account?.provider !== 'oidc') {
        signedIn = user.id;
        return true;
      }
      const verdict = await signInWithOidc((profile ?? {}) as OidcClaims, context).catch(hideReason);
      if (!verdict.ok) return `/sign-in?error=${verdict.code}`;
      signedIn = verdict.userId;
      return true;
    },
    jwt: async () => {
      if (signedIn !== null) return { sid: await openSession(signedIn, context) };
      if (context.live === null) throw new Error('The session has ended.');
      return { sid: context.live.sessionId };
    },
    session: ({ session }) => {
      const { live } = context;
      if (live === null) throw new Error('The session has ended.');
      const user = { name: live.name, email: live.email, role: live.role };
      return {
        user,
        expires:
          live.expiresAt.toISOString() < session.expires ? live.expiresAt.toISOString() : session.expires,
      };
    },
    redirect: ({ url, baseUrl }) => {
      const target = URL.parse(url, baseUrl);
      return target?.origin === baseUrl ? target.href : baseUrl;
    },
  };
}

function openSession(userId: string, context: SignInContext): Promise<string> {
  return inTransaction(async (tx) => {
    const sessionId = await startSession(tx, userId, context, context.sessionId);
    const { name } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    const actor = { ...anonymousActor(context.address, context.requestId), id: userId, name, sessionId };
    await record(tx, actor, { action: 'session.start', subject: `session:${sessionId}` });
    return sessionId;
  });
}

/** next-auth puts the message of what is thrown here into an address, so it must say nothing. */
function hideReason(cause: unknown): never {
  console.error(cause);
  throw new Error('Unavailable');
}

/** The message of an error without what next-auth adds to it, which can hold codes and tokens. */
function causeOf(detail: unknown): string {
  const error = detail instanceof Error ? detail : (detail as { error?: unknown } | null)?.error;
  return error instanceof Error ? `${error.name}: ${error.message}` : '';
}

import { decode } from 'next-auth/jwt';
import { anonymousActor, type Actor } from '#lib/authz/actor.ts';
import { ROLES } from '#lib/authz/permissions.ts';
import { AppError } from '#lib/core/errors.ts';
import { clientAddress } from '#lib/http/client-address.ts';
import { authCookies, readCookies } from './cookies.ts';
import { sessionSecret } from './instance-keys.ts';
import { findLiveSession, type LiveSession } from './sessions.ts';
import { findLiveToken } from './find-live-token.ts';

/** Longer than any cookie or token that we make; what is longer is not looked at. */
const PROOF_LENGTH_MAX = 4096;

/**
 * Who sends this request. A bearer token counts before a cookie. Throws `unauthenticated` where neither holds, or gives
 * the anonymous actor where `optional`.
 */
export async function authenticate(request: Request, requestId: string, optional: boolean): Promise<Actor> {
  const address = clientAddress(request.headers);
  const authorization = request.headers.get('authorization');
  const actor =
    authorization === null
      ? await actorOfCookie(request.headers, address, requestId)
      : await actorOfBearer(authorization, address, requestId);
  if (actor !== null) return actor;
  if (optional) return anonymousActor(address, requestId);
  throw new AppError(
    'unauthenticated',
    authorization === null
      ? 'You are not signed in, or your session has ended. Sign in and try again.'
      : 'This token is not valid: it is unknown, expired or revoked.',
  );
}

/** Who asks for this page; null: nobody is signed in. */
export function authenticatePage(headers: Headers): Promise<Actor | null> {
  return actorOfCookie(headers, clientAddress(headers), null);
}

/** The session named by the request's cookie, whether or not it still holds; null without a genuine cookie. */
export async function sessionIdOf(headers: Headers): Promise<string | null> {
  const cookie = readCookies(headers).get(authCookies().sessionToken.name);
  if (cookie === undefined || cookie.length > PROOF_LENGTH_MAX) return null;
  // A cookie that does not decrypt is no proof of anything; why is of no use to whoever sent it.
  const claims = await decode({ token: cookie, secret: sessionSecret() }).catch(() => null);
  const id = claims?.['sid'];
  return typeof id === 'string' ? id : null;
}

async function actorOfCookie(
  headers: Headers,
  address: string | null,
  requestId: string | null,
): Promise<Actor | null> {
  const sessionId = await sessionIdOf(headers);
  const session = sessionId === null ? null : await findLiveSession(sessionId);
  return session && actorOfSession(session, address, requestId);
}

/** An owner sees what is theirs; every other role sees everything and differs in what it may do. */
function actorOfSession(session: LiveSession, address: string | null, requestId: string | null): Actor {
  return {
    kind: 'user',
    id: session.userId,
    name: session.name,
    role: session.role,
    permissions: new Set(ROLES[session.role].permissions),
    scope: session.role === 'owner' ? { kind: 'owned', ownerIds: session.ownerIds } : { kind: 'all' },
    sourceIds: null,
    authenticatedAt: session.authenticatedAt,
    sessionId: session.sessionId,
    address,
    requestId,
  };
}

async function actorOfBearer(
  authorization: string,
  address: string | null,
  requestId: string,
): Promise<Actor | null> {
  if (authorization.length > PROOF_LENGTH_MAX) return null;
  const token = /^Bearer ([^\s]+)$/i.exec(authorization)?.[1];
  const found = token === undefined ? null : await findLiveToken(token);
  if (found === null) return null;
  return {
    kind: 'token',
    id: found.id,
    name: found.name,
    role: 'machine',
    permissions: new Set(found.scopes),
    scope: { kind: 'all' },
    sourceIds: found.sourceIds.length > 0 ? found.sourceIds : null,
    authenticatedAt: null,
    sessionId: null,
    address,
    requestId,
  };
}

import type { NextApiRequest, NextApiResponse } from 'next';
import nextAuth from 'next-auth';
import { record } from '#lib/audit/record.ts';
import { anonymousActor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';
import { isObject } from '#lib/core/json.ts';
import { inTransaction } from '#lib/db/client.ts';
import { exportToEnvironment } from '#lib/env.ts';
import { clientAddress } from '#lib/http/client-address.ts';
import { publicUrl } from '#lib/http/public-url.ts';
import { readJsonBody } from '#lib/http/read-body.ts';
import { sessionIdOf } from './authenticate.ts';
import { readCookies } from './cookies.ts';
import { defaultOf } from './default-of.ts';
import { nextAuthOptions, type SignInContext } from './next-auth-options.ts';
import { endSessions, findLiveSession } from './sessions.ts';

const BODY_BYTES_MAX = 16_384;
/** What next-auth may be asked; its other actions (log, e-mail links, session updates) do not exist here. */
const ACTIONS: ReadonlySet<string> = new Set([
  ...['GET csrf', 'GET session', 'GET providers', 'GET error', 'GET signin', 'GET signout'],
  ...['GET callback/oidc', 'POST signin/oidc', 'POST callback/credentials', 'POST signout'],
]);

/**
 * Hands one request under /api/auth to next-auth, through its interface for plain request and response objects, so
 * that only known actions with small JSON bodies reach it. Throws `unavailable` when the database is away.
 */
export async function answerNextAuth(
  request: Request,
  path: readonly string[],
  requestId: string,
): Promise<Response> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (!ACTIONS.has(`${method} ${path.join('/')}`)) throw new AppError('not_found', 'There is no such page.');
  exportToEnvironment({ NEXTAUTH_URL: publicUrl().origin });
  const body = method === 'POST' ? await readFields(request) : undefined;
  const context = await contextOf(request, requestId);
  if (`${method} ${path[0] ?? ''}` === 'POST signout') await endOwnSession(context);
  const answer = new CapturedResponse();
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const plainRequest = {
    method,
    body,
    query: { ...query, nextauth: [...path] },
    cookies: Object.fromEntries(readCookies(request.headers)),
    headers: Object.fromEntries(request.headers),
  };
  const handle = defaultOf(nextAuth)(nextAuthOptions(context)) as (
    request: NextApiRequest,
    response: NextApiResponse,
  ) => Promise<unknown>;
  await handle(plainRequest as unknown as NextApiRequest, answer as unknown as NextApiResponse);
  const response = answer.toResponse();
  if (path[0] === 'callback' && response.headers.get('location')?.includes('error=OAuthCallback') === true)
    await recordUntrustedAnswer(context);
  if (method === 'POST' && response.status === 401) throw signInProblem(await errorCode(response));
  return response;
}

/** The code that next-auth hides in the address of its error page. */
async function errorCode(response: Response): Promise<string | null> {
  const body: unknown = await response.json();
  const url = isObject(body) && typeof body['url'] === 'string' ? body['url'] : '';
  return URL.parse(url, publicUrl())?.searchParams.get('error') ?? null;
}

function signInProblem(code: string | null): AppError {
  switch (code) {
    case 'Locked':
      return new AppError(
        'rate_limited',
        'Too many attempts. Sign-in for this address is closed for up to 15 minutes; a right password does not help before.',
      );
    case 'Unavailable':
      return new AppError('unavailable', 'Sign-in is not possible at the moment. Try again in a minute.');
    default:
      return new AppError('unauthenticated', 'The e-mail address or the password is wrong.');
  }
}

async function contextOf(request: Request, requestId: string): Promise<SignInContext> {
  const sessionId = await sessionIdOf(request.headers);
  return {
    address: clientAddress(request.headers),
    userAgent: request.headers.get('user-agent'),
    requestId,
    sessionId,
    live: sessionId === null ? null : await findLiveSession(sessionId),
  };
}

/** The fields of a JSON body, texts only. */
async function readFields(request: Request): Promise<Record<string, string>> {
  const body = await readJsonBody(request, BODY_BYTES_MAX);
  if (!isObject(body)) throw new AppError('invalid_input', 'Send a JSON object.');
  const fields = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return { ...Object.fromEntries(fields), json: 'true' };
}

async function recordUntrustedAnswer({ address, requestId }: SignInContext): Promise<void> {
  const reason = 'the answer of the sign-in provider did not hold';
  const entry = { action: 'session.refuse', subject: 'sign-in:oidc', reason };
  await inTransaction((tx) => record(tx, anonymousActor(address, requestId), entry));
}

/** Ends the row before the cookie goes: next-auth would drop the cookie even if the row could not be ended. */
async function endOwnSession({ live, address, requestId }: SignInContext): Promise<void> {
  if (live === null) return;
  const actor = {
    ...anonymousActor(address, requestId),
    id: live.userId,
    name: live.name,
    sessionId: live.sessionId,
  };
  await inTransaction(async (tx) => {
    const ended = await endSessions(tx, { id: live.sessionId });
    if (ended > 0) await record(tx, actor, { action: 'session.end', subject: `session:${live.sessionId}` });
  });
}

/** The part of Next's response object that next-auth uses. */
class CapturedResponse {
  readonly #headers = new Map<string, string | string[]>();
  #status = 200;
  #body: string | null = null;

  status(code: number): this {
    this.#status = code;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase());
  }

  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value);
    return this;
  }

  json(body: unknown): void {
    this.setHeader('content-type', 'application/json');
    this.#body = JSON.stringify(body);
  }

  send(body: unknown): void {
    if (typeof body === 'string') this.#body = body;
    else if (body !== undefined) this.json(body);
  }

  end(): void {
    this.#body = null;
  }

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of this.#headers)
      for (const each of Array.isArray(value) ? value : [value]) headers.append(name, each);
    headers.set('cache-control', 'no-store');
    if (this.#body !== null && !headers.has('content-type'))
      headers.set('content-type', 'text/plain; charset=utf-8');
    return new Response(this.#body, { status: this.#status, headers });
  }
}

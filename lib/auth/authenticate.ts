import type { Actor } from '#lib/authz/actor.ts';
import { AppError } from '#lib/core/errors.ts';

/** Who sends this request: a session cookie or a bearer token. Throws `unauthenticated`, or gives the anonymous actor where `optional`. */
export function authenticate(_request: Request, _requestId: string, _optional: boolean): Promise<Actor> {
  return Promise.reject(new AppError('unauthenticated', 'Sign in first.'));
}

/** Who asks for this page; null: nobody is signed in. */
export function authenticatePage(_headers: Headers): Promise<Actor | null> {
  return Promise.resolve(null);
}

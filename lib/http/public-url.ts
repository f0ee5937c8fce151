import { env } from '#lib/env.ts';

/** The address that people open: BAILIWICK_URL, else this machine's own. Without a trailing slash. */
export function publicUrl(): URL {
  return new URL(env().BAILIWICK_URL ?? `http://localhost:${env().PORT}`);
}

/** Whether cookies can be kept to encrypted connections. */
export const isServedOverHttps = (): boolean => publicUrl().protocol === 'https:';

/**
 * Whether an `Origin` header names this installation: BAILIWICK_URL where it is set, else the host that the browser
 * asked for (a foreign page has no cookies there).
 */
export function isOwnOrigin(origin: string, headers: Headers): boolean {
  if (env().BAILIWICK_URL !== undefined) return origin === publicUrl().origin;
  const host = headers.get('host');
  return host !== null && (origin === `http://${host}` || origin === `https://${host}`);
}

/**
 * A path of this installation to return to after sign-in; `/` for anything that a browser could take for another
 * address: other hosts, schemes, backslashes, control characters, user names.
 */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (wanted == null || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return '/';
  const base = 'http://bailiwick.invalid';
  const url = URL.parse(wanted, base);
  if (url?.origin !== base) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') ? '/' : path;
}

import type { CookieOption, CookiesOptions } from 'next-auth';
import { isServedOverHttps } from '#lib/http/public-url.ts';
import { instanceTag } from './instance-keys.ts';

const FLOW_SECONDS = 15 * 60;

/**
 * Cookie names of this installation. Over https they begin with `__Host-`, so that no other host and no plain
 * connection can set them; the tag keeps two installations on one host apart, as cookies do not know ports.
 */
export function authCookies(): CookiesOptions {
  const prefix = `${isServedOverHttps() ? '__Host-' : ''}bailiwick-${instanceTag()}`;
  const cookie = (name: string, maxAge?: number): CookieOption => ({
    name: `${prefix}.${name}`,
    options: {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: isServedOverHttps(),
      ...(maxAge === undefined ? {} : { maxAge }),
    },
  });
  return {
    sessionToken: cookie('session'),
    callbackUrl: cookie('return'),
    csrfToken: cookie('csrf'),
    pkceCodeVerifier: cookie('pkce', FLOW_SECONDS),
    state: cookie('state', FLOW_SECONDS),
    nonce: cookie('nonce', FLOW_SECONDS),
  };
}

/** Cookies of a request by name (RFC 6265 section 5.4). A name that stands twice keeps its first value, as browsers send the narrowest first. */
export function readCookies(headers: Headers): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of headers.get('cookie')?.split(';') ?? []) {
    const split = part.indexOf('=');
    if (split < 1) continue;
    const name = part.slice(0, split).trim();
    if (!cookies.has(name)) cookies.set(name, decode(part.slice(split + 1).trim()));
  }
  return cookies;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.replace(/^"(.*)"$/, '$1'));
  } catch {
    return value;
  }
}

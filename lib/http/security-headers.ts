/** Request header that tells pages their own address, for the way back after sign-in. Set by proxy.ts, whatever a client sent. */
export const REQUEST_PATH_HEADER = 'x-bailiwick-path';
/** Request header with the nonce of this response's policy, which Next and the layout put on their scripts. */
export const NONCE_HEADER = 'x-nonce';

const YEAR_SECONDS = 31_536_000;

/**
 * What scripts, styles and frames a page may use (CSP level 3): scripts only with this response's nonce or loaded by
 * one that has it. Style attributes are needed by the canvas and by virtual tables; style elements need the nonce.
 */
export function contentSecurityPolicy(nonce: string, isHttps: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Headers of every answer: pages, data, errors, files. */
export function securityHeaders(isHttps: boolean): [string, string][] {
  return [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()'],
    ...(isHttps
      ? [['strict-transport-security', `max-age=${YEAR_SECONDS}; includeSubDomains`] as [string, string]]
      : []),
  ];
}

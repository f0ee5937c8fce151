import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { isServedOverHttps } from '#lib/http/public-url.ts';
import {
  contentSecurityPolicy,
  NONCE_HEADER,
  REQUEST_PATH_HEADER,
  securityHeaders,
} from '#lib/http/security-headers.ts';

/** Puts the security headers on every answer and a fresh nonce into every page. It decides nothing about who may do what. */
export function proxy(request: NextRequest): NextResponse {
  const isHttps = isServedOverHttps();
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, isHttps);
  const headers = new Headers(request.headers);
  headers.set(NONCE_HEADER, nonce);
  headers.set('content-security-policy', policy);
  headers.set(REQUEST_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of securityHeaders(isHttps)) response.headers.set(name, value);
  return response;
}

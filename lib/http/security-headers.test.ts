import { NextRequest } from 'next/server';
import { afterEach, describe, expect, it } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { proxy } from '../../proxy.ts';

const ask = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(new URL(path, 'http://localhost:3000'), { headers })).headers;
/** What the proxy tells the page behind it. */
const told = (headers: Headers, name: string) => headers.get(`x-middleware-request-${name}`);

afterEach(() => exportToEnvironment({ BAILIWICK_URL: '' }));

describe('every answer', () => {
  it('has a policy with a nonce of its own that lets no inline script, frame, plug-in or foreign base in', () => {
    const [first, second] = [ask('/'), ask('/api/v1/users')];
    for (const headers of [first, second]) {
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/script-src 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'(;|$)/);
      expect(policy.split('script-src ')[1]?.split(';')[0]).not.toContain('unsafe');
      for (const part of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "form-action 'self'",
      ])
        expect(policy).toContain(part);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('same-origin');
    }
    expect(first.get('content-security-policy')).not.toBe(second.get('content-security-policy'));
  });

  it('has HSTS over https only', () => {
    expect(ask('/').get('strict-transport-security')).toBeNull();
    exportToEnvironment({ BAILIWICK_URL: 'https://bailiwick.example' });
    expect(ask('/').get('strict-transport-security')).toContain('max-age=31536000');
    expect(ask('/').get('content-security-policy')).toContain('upgrade-insecure-requests');
  });

  it('replaces what a client says in the names of the proxy', () => {
    const headers = ask('/graph?x=1', { 'x-nonce': 'forged', 'x-bailiwick-path': '//evil.example' });
    expect(told(headers, 'x-bailiwick-path')).toBe('/graph?x=1');
    expect(told(headers, 'x-nonce')).toMatch(/^[A-Za-z0-9+/]{22}==$/);
  });
});

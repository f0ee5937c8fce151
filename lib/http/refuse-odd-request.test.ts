import { describe, expect, it } from 'vitest';
import { AppError } from '#lib/core/errors.ts';
import { assertPlainRequest } from './refuse-odd-request.ts';

const codeOf = (method: string, url: string): string => {
  try {
    assertPlainRequest({ method, url });
    return 'answered';
  } catch (error) {
    return error instanceof AppError ? error.code : 'another fault';
  }
};

describe('before the web framework sees a request', () => {
  it.each([
    '/',
    '/graph?key=%zz',
    '/api/v1/search?q=//x',
    '/a//b',
    '/caf%C3%A9',
    '/?from=\u005c'.replace('\\', '%5c'),
  ])('lets %s pass', (url) => {
    expect(codeOf('GET', url)).toBe('answered');
  });

  it.each([
    '',
    '*',
    'http://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/a\\b',
    '/%ff',
    '/%',
    '/api/v1/users/%c0%af',
  ])('refuses the target %j', (url) => {
    expect(codeOf('GET', url)).toBe('invalid_input');
  });

  it('answers seven methods below /api and two elsewhere', () => {
    const all = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT', 'PROPFIND'];
    const answered = (url: string) => all.filter((method) => codeOf(method, url) === 'answered');
    expect(answered('/api/v1/users')).toEqual(all.slice(0, 7));
    expect(answered('/users')).toEqual(['GET', 'HEAD']);
    expect(codeOf('TRACE', '/api/health')).toBe('method_not_allowed');
  });
});

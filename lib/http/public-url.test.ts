import { afterEach, describe, expect, it } from 'vitest';
import { exportToEnvironment } from '#lib/env.ts';
import { isOwnOrigin, isServedOverHttps, safeReturnPath } from './public-url.ts';

const OPEN_REDIRECTS = [
  ...[
    'https://evil.example',
    'http://evil.example/',
    '//evil.example',
    '///evil.example',
    '////evil.example',
    '/\\evil.example',
  ],
  ...[
    '\\\\evil.example',
    '/\\/evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r//evil.example',
    '\t//evil.example',
  ],
  ...[
    ' //evil.example',
    '/ /evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
  ],
  ...[
    'https:evil.example',
    'https:/evil.example',
    'http:\\\\evil.example',
    '@evil.example',
    '.evil.example',
    'evil.example',
    ':evil',
    '?x=//evil',
  ],
  ...[
    '#//evil',
    '',
    ' ',
    '/x y',
    '/\u2028x',
    '/é',
    '/\u0000',
    '/%5c%5cevil\\',
    '/..//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
  ],
  ...['/%2e%2e//evil.example', '/./\\evil.example', 'blob:https://x', 'about:blank', '/\u3002evil'],
];

afterEach(() => exportToEnvironment({ BAILIWICK_URL: '' }));

describe('safeReturnPath', () => {
  it('leads nowhere else, however it is spelled', () => {
    expect(new Set(OPEN_REDIRECTS).size).toBeGreaterThanOrEqual(40);
    for (const wanted of OPEN_REDIRECTS) expect(safeReturnPath(wanted), JSON.stringify(wanted)).toBe('/');
    expect(safeReturnPath(null)).toBe('/');
  });

  it('keeps paths of this installation with their query', () => {
    for (const path of ['/', '/graph', '/inventory/1?tab=paths&x=%2F%2Fevil', '/settings/users?q=a%20b#top'])
      expect(safeReturnPath(path)).toBe(path);
  });
});

describe('isOwnOrigin', () => {
  const headers = new Headers({ host: 'localhost:3000' });

  it('takes BAILIWICK_URL alone where it is set, else the host that was asked', () => {
    expect(isOwnOrigin('http://localhost:3000', headers)).toBe(true);
    expect(isOwnOrigin('http://localhost:3001', headers)).toBe(false);
    expect(isOwnOrigin('null', headers)).toBe(false);
    expect(isOwnOrigin('http://localhost:3000', new Headers())).toBe(false);
    exportToEnvironment({ BAILIWICK_URL: 'https://bailiwick.example/' });
    expect(isOwnOrigin('https://bailiwick.example', headers)).toBe(true);
    expect(isOwnOrigin('http://localhost:3000', headers)).toBe(false);
    expect(isServedOverHttps()).toBe(true);
  });
});

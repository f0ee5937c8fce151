import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type pg from 'pg';
import { countRows, openDatabase } from './http/database.ts';
import { REDIRECT_SPELLINGS } from './http/redirect-spellings.ts';
import { baseUrl, forEach, pageHeaders, send, type Answer } from './http/send.ts';
import { demoSignIn, postAuth, signIn } from './http/sign-in.ts';
import { addressOf, API, methodsOf, PAGES } from './permission-matrix.ts';

// What a hostile page, link or client could do to somebody who is signed in, tried on the production build.

const AT_ONCE = 6;
/** Were a gate to fail, this key still keeps the change from being made. */
const REFUSED_KEY = { 'idempotency-key': 'not a key' };
const REPRESENTATIVES = [
  '/favicon.svg',
  '/nothing-here',
  '/sign-in/',
  '//sign-in/',
  '/%ff',
  '/api/nothing',
  '/_next/static/nothing.js',
];

let cookie = '';
let database: pg.Client;
test.beforeAll(async () => {
  database = await openDatabase();
  cookie = await signIn(demoSignIn('administrator'));
});
test.afterAll(() => database.end());

const header = (answer: Answer, name: string): string => String(answer.headers[name] ?? '');

test.describe('headers', () => {
  test('every route, page, file, redirect and refusal says how it may be used', async () => {
    const paths = [...API.map(addressOf), ...PAGES.map(addressOf), ...REPRESENTATIVES];
    const asked = paths.flatMap((each) => [
      { path: each, headers: {} },
      { path: each, headers: { cookie } },
      { path: each, method: 'PUT', headers: { ...pageHeaders(), cookie, ...REFUSED_KEY }, body: '{}' },
      { path: each, method: 'TRACE' },
    ]);
    await forEach(asked, AT_ONCE, async (sending) => {
      const answer = await send(sending);
      const what = JSON.stringify(sending);
      expect(answer.status, what).toBeLessThan(500);
      expect(header(answer, 'x-content-type-options'), what).toBe('nosniff');
      expect(header(answer, 'x-frame-options'), what).toBe('DENY');
      expect(header(answer, 'referrer-policy'), what).toBe('same-origin');
      expect(header(answer, 'cross-origin-opener-policy'), what).toBe('same-origin');
      expect(header(answer, 'cross-origin-resource-policy'), what).toBe('same-origin');
      expect(header(answer, 'permissions-policy'), what).toContain('camera=()');
      for (const name of [
        'x-powered-by',
        'server',
        'access-control-allow-origin',
        'access-control-allow-credentials',
      ])
        expect(header(answer, name), what).toBe('');
    });
  });

  test('nothing that was asked for by somebody signed in is kept by a browser or a proxy', async () => {
    const read = API.filter((row) => row.GET !== undefined);
    for (const row of [...read, ...PAGES]) {
      const answer = await send({ path: addressOf(row), headers: { cookie } });
      expect(header(answer, 'cache-control'), row.path).toContain('no-store');
      expect(header(answer, 'content-type'), row.path).not.toBe('');
    }
    for (const row of read)
      expect(header(await send({ path: addressOf(row) }), 'content-type')).toContain('json');
  });

  test('pages run only scripts that carry the nonce of this one answer', async () => {
    const nonces = new Set<string>();
    const answers = [...PAGES.map(addressOf), '/nothing-here'].flatMap((each) => [
      send({ path: each }),
      send({ path: each, headers: { cookie } }),
      send({
        path: each,
        headers: { 'x-nonce': 'known', 'content-security-policy': "script-src 'unsafe-inline'" },
      }),
    ]);
    for (const answer of await Promise.all(answers)) {
      const policy = header(answer, 'content-security-policy');
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? '';
      const nonce = /^'nonce-([A-Za-z0-9+/=]{22,})' 'strict-dynamic'$/.exec(scripts)?.[1];
      expect(nonce, policy).toBeDefined();
      nonces.add(nonce ?? '');
      for (const directive of [
        "default-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        expect(policy).toContain(directive);
      expect(policy).not.toContain('unsafe-eval');
      expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
      const bare = (answer.text.match(/<script\b[^>]*>/g) ?? []).filter(
        (tag) => !tag.includes(`nonce="${nonce ?? ''}"`),
      );
      expect(bare).toEqual([]);
      expect(answer.text).not.toMatch(/<[^>]+\son[a-z]+\s*=\s*"/i);
    }
    expect(nonces.size).toBe(answers.length);
  });

  test('the session’s cookie is out of the reach of scripts and foreign requests', async () => {
    const answer = await postAuth('callback/credentials', demoSignIn('auditor'));
    const line = [answer.headers['set-cookie'] ?? []].flat().find((each) => each.includes('.session='));
    expect(line).toMatch(/; HttpOnly/i);
    expect(line).toMatch(/; SameSite=Lax/i);
    expect(line).toMatch(/; Path=\/(;|$)/i);
    expect(line).not.toMatch(/domain=/i);
  });

  test('the build gives out no source maps', () => {
    const files = readdirSync(path.resolve(import.meta.dirname, '../.next/static'), { recursive: true });
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((file) => String(file).endsWith('.map'))).toEqual([]);
  });
});

test('no change is made for a foreign page, on any route, whatever it sends', async () => {
  const before = await countRows(database);
  const { origin, host, port } = baseUrl();
  const good = { ...pageHeaders(), 'sec-fetch-site': 'same-origin' };
  const withoutOrigin = { 'x-bailiwick': '1', 'content-type': 'application/json' };
  const withoutMark = { origin, 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  const foreignOrigins = [
    ...[
      'null',
      '',
      'https://evil.example',
      'http://evil.example:80',
      `https://${host}`,
      `http://localhost:${Number(port) + 1}`,
    ],
    ...[
      `http://evil.${host}`,
      `http://localhost.evil.example:${port}`,
      `${origin}.evil.example`,
      `${origin}@evil.example`,
    ],
    ...[
      `http://127.0.0.1:${port}`,
      'file://',
      'chrome-extension://abc',
      `${origin}/`,
      `${origin} https://evil.example`,
      origin.toUpperCase(),
    ],
  ];
  const hostile: Record<string, string>[] = [
    ...foreignOrigins.map((each) => ({ ...good, origin: each })),
    ...foreignOrigins.map((each) => ({
      ...good,
      origin: each,
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
    })),
    ...['cross-site', 'same-site', 'none', 'SAME-ORIGIN'].map((site) => ({
      ...good,
      'sec-fetch-site': site,
    })),
    ...['', '0', 'true', '1, 1'].map((mark) => ({ ...good, 'x-bailiwick': mark })),
    withoutOrigin,
    withoutMark,
    { ...withoutMark, 'content-type': 'text/plain' },
    { ...withoutMark, 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' },
    { ...withoutMark, 'content-type': 'multipart/form-data; boundary=x', 'x-method-override': 'GET' },
  ];
  const changes = API.flatMap((row) => methodsOf(row).map(([method]) => ({ row, method }))).filter(
    ({ method }) => method !== 'GET',
  );
  const cells = changes.flatMap((change) => hostile.map((headers) => ({ ...change, headers })));
  await forEach(cells, AT_ONCE, async ({ row, method, headers }) => {
    const sent = { ...headers, cookie, ...REFUSED_KEY };
    const answer = await send({ method, path: addressOf(row), headers: sent, body: '{}' });
    expect(answer.status, `${method} ${row.path} ${JSON.stringify(headers)}`).toBe(403);
  });
  for (const { row, method } of changes) {
    const read = await send({
      path: `${addressOf(row)}?_method=${method}`,
      headers: { ...good, cookie, 'x-http-method-override': method },
    });
    expect([200, 400, 404, 405], row.path).toContain(read.status);
    const asked = {
      origin: 'https://evil.example',
      'access-control-request-method': method,
      'access-control-request-headers': 'x-bailiwick',
    };
    const preflight = await send({ method: 'OPTIONS', path: addressOf(row), headers: asked });
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
  expect(await countRows(database)).toEqual(before);
  console.log(`${cells.length} foreign changes`);
});

test('no way back after sign-in or sign-out leads to another site', async () => {
  expect(new Set(REDIRECT_SPELLINGS).size).toBeGreaterThan(60);
  const { origin } = baseUrl();
  const isOurs = (target: string) =>
    URL.parse(target, origin)?.origin === origin && !/^[\\/]{2}/.test(target);
  const own = await send({
    path: `/sign-in?from=${encodeURIComponent('/graph?key=a#b')}`,
    headers: { cookie },
  });
  expect(header(own, 'location')).toBe('/graph?key=a#b');
  await forEach(REDIRECT_SPELLINGS, 4, async (spelling) => {
    const written = encodeURIComponent(spelling.toWellFormed());
    for (const name of ['from', 'callbackUrl']) {
      const led = await send({ path: `/sign-in?${name}=${written}`, headers: { cookie } });
      expect(led.status, spelling).toBe(307);
      expect(isOurs(header(led, 'location')), `${name}=${spelling} → ${header(led, 'location')}`).toBe(true);
    }
    const offered = await send({ path: `/api/auth/signin?callbackUrl=${written}` });
    expect(offered.status, spelling).toBeLessThan(500);
    expect(isOurs(header(offered, 'location') || '/'), spelling).toBe(true);
    const ended = await postAuth('signout', { callbackUrl: spelling.toWellFormed() });
    expect(ended.status, spelling).toBeLessThan(500);
    if (ended.status === 200)
      expect(isOurs((JSON.parse(ended.text) as { url: string }).url), spelling).toBe(true);
  });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type pg from 'pg';
import { countRows, openDatabase } from './http/database.ts';
import { hostileQueries, slowTexts } from './http/hostile-strings.ts';
import { openTrap, sendRaw } from './http/raw.ts';
import { baseUrl, forEach, pageHeaders, send, type Answer } from './http/send.ts';
import { demoSignIn, signIn } from './http/sign-in.ts';
import { addressOf, API, methodsOf, PAGES, type Method } from './permission-matrix.ts';

// Input that has broken other software, sent by somebody who is signed in. No answer may be 500, no row may change.

const AT_ONCE = 6;
const REFUSED_KEY = { 'idempotency-key': 'not a key' };
const SLOW_TEXT_LENGTH = 50_000;
/** Most that a header and an address may take of Node's 16 KiB. */
const SLOW_QUERY_LENGTH = 4_000;
const SLOWER_TIMES_MAX = 20;
const NOISE_MS = 400;

let cookie = '';
let database: pg.Client;
let before: string[] = [];
test.beforeAll(async () => {
  database = await openDatabase();
  cookie = await signIn(demoSignIn('administrator'));
  before = await countRows(database);
});
test.afterAll(() => database.end());
test.afterEach(async () => {
  expect(await countRows(database)).toEqual(before);
  expect((await send({ path: '/api/health' })).status).toBe(200);
});

const withQuery = (address: string, query: string): string => `${address.split('?', 1)[0] ?? ''}?${query}`;
const reads = API.filter((row) => row.GET !== undefined);
const changes = API.flatMap((row) => methodsOf(row).map(([method]) => ({ row, method }))).filter(
  ({ method }) => method !== 'GET',
);
const change = (
  method: Method,
  address: string,
  body: string | Buffer,
  headers: Record<string, string> = {},
) => send({ method, path: address, headers: { ...pageHeaders(), cookie, ...REFUSED_KEY, ...headers }, body });

function expectRefusal(answer: Answer, what: string): void {
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400);
  expect(answer.status, `${what}: ${answer.text.slice(0, 300)}`).toBeLessThan(500);
}

test('bodies that readers disagree about are refused on every route', async () => {
  const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
  const bodies: [string, string | Buffer, Record<string, string>?][] = [
    ...[
      '',
      ' ',
      '{',
      '[]',
      'null',
      '0',
      '""',
      '{"a":1,}',
      "{'a':1}",
      '{"a":01}',
      '\ufeff{}',
      'NaN',
      '{}{}',
      '{"a":1e999}',
    ].map((text): [string, string] => [text, text]),
    ['prototype', '{"__proto__":{"role":"administrator"}}'],
    ['escaped prototype', '{"\\u005f_proto__":{"role":"administrator"}}'],
    ['constructor', '{"constructor":{"prototype":{"role":"administrator"}}}'],
    ['a name twice', '{"name":"a","name":"b"}'],
    ['a name twice, once escaped', '{"name":"a","n\\u0061me":"b"}'],
    ['half of a character', '{"name":"\\ud800"}'],
    ['NUL', '{"name":"a\\u0000b","reason":"\\u0000"}'],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['65 deep', `{"a":${deep(65)}}`],
    ['200,000 deep', deep(200_000)],
    ['unclosed', '['.repeat(200_000)],
    ['unknown names', '{"role":"administrator","ownerId":1,"state":"done","id":"x"}'],
    ['operators', '{"name":{"contains":""},"email":{"not":null},"reason":{"set":"x"}}'],
    ['many names', `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":0`).join()}}`],
    ['plain text', '{}', { 'content-type': 'text/plain' }],
    ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type', '{}', { 'content-type': '' }],
    ['gzip', '{}', { 'content-encoding': 'gzip' }],
    ['another charset', '{}', { 'content-type': 'application/json; charset=utf-16' }],
  ];
  const cells = changes.flatMap(({ row, method }) => bodies.map((body) => ({ row, method, body })));
  await forEach(cells, AT_ONCE, async ({ row, method, body: [name, body, headers] }) => {
    expectRefusal(await change(method, addressOf(row), body, headers), `${method} ${row.path} ${name}`);
  });
  console.log(`${cells.length} bodies`);
});

test('a body larger than the cap is refused as such, wherever JSON is taken', async () => {
  const body = `{"name":"${'x'.repeat(2 << 20)}"}`;
  const tooLarge = operationsWithBody();
  expect(tooLarge.length).toBeGreaterThan(5);
  for (const { method, address } of tooLarge) {
    const answer = await change(method, address, body).catch(() => null);
    // The connection may be closed before all of it was written; then nothing of it was read either.
    if (answer !== null) expect(answer.status, `${method} ${address}`).toBe(413);
  }
});

test('500 hostile texts in search and every list leave every list standing', async () => {
  const texts = hostileQueries();
  expect(new Set(texts).size).toBeGreaterThan(480);
  const lists = reads.map(addressOf).filter((address) => !address.includes('missing'));
  const cells = [
    ...texts.map((text) => withQuery('/api/v1/search', `q=${text}`)),
    ...texts.map((text) => `/api/v1/inventory/nodes?group=identities&q=${text}`),
    ...texts.flatMap((text, n) => {
      const list = lists[n % lists.length] ?? '/';
      return ['q', 'key', 'sort', 'page', 'kinds'].map((name) => withQuery(list, `${name}=${text}`));
    }),
    ...texts.flatMap((text, n) => {
      const { path: route } = API[n % API.length] ?? { path: '/' };
      return route.replaceAll(/\[[\w.]+\]/g, text.replaceAll(/%2f|%5c/gi, '-'));
    }),
    ...texts.map((text, n) =>
      withQuery(PAGES[n % PAGES.length]?.path.replaceAll(/\[\w+\]/g, '1') ?? '/', `q=${text}&from=${text}`),
    ),
  ];
  const wrong: string[] = [];
  await forEach(cells, AT_ONCE, async (address) => {
    const answer = await send({ path: address, headers: { cookie } });
    if (answer.status >= 500) wrong.push(`${answer.status} ${address}`);
    if (address.startsWith('/api/v1/search') && ![200, 400].includes(answer.status))
      wrong.push(`${answer.status} ${address}`);
  });
  expect(wrong).toEqual([]);
  console.log(`${cells.length} hostile addresses`);
});

test('parameters that stand twice, or belong to a prototype, are refused or without meaning', async () => {
  const queries = [
    'q=a&q=b',
    '__proto__=1',
    '__proto__[role]=x',
    'constructor=1&prototype=2',
    'q[]=1&q[]=2',
    'q[contains]=',
    '&&&',
    '=',
    '=&=',
    'a%00b=1',
  ];
  for (const row of reads)
    for (const query of queries) {
      const { status } = await send({ path: withQuery(addressOf(row), query), headers: { cookie } });
      expect(status, `${row.path}?${query}`).toBeLessThan(500);
      if (query === 'q=a&q=b' && row.path !== '/api/auth/[...nextauth]' && !row.path.includes('['))
        expect([200, 400], row.path).toContain(status);
    }
});

test('odd proofs of identity are no proof and no fault', async () => {
  const text = 'x'.repeat(3_000);
  const values = [
    ...[
      'Bearer',
      'Bearer ',
      'bearer x',
      'Basic YTpi',
      'Bearer  x',
      'Bearer x y',
      'Digest x',
      'null',
      'Bearer null',
      'Bearer undefined',
    ],
    ...[
      `Bearer ${text}`,
      'Bearer bwk_',
      `Bearer bwk_${'a'.repeat(38)}`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'Bearer a.b.c.d.e',
      'Bearer \u00ff',
    ],
    ...[
      "Bearer ' OR 1=1",
      'Bearer %00',
      'Bearer ../../x',
      'Token x',
      'Bearer [object Object]',
      'Bearer, Bearer',
      '\u00e9',
    ],
  ];
  const name =
    cookie
      .split(';')
      .find((part) => part.includes('.session='))
      ?.trim()
      .split('=')[0] ?? 'none';
  const cookies = [
    ...[
      `${name}=`,
      `${name}=x`,
      `${name}=a.b.c.d.e`,
      `${name}=${text}`,
      `${name}=%ff`,
      `${name}=""`,
      name,
      ';;;',
      '=',
      `=${name}`,
    ],
    ...[
      `${name}=eyJhbGciOiJub25lIn0..x.y.z`,
      `__proto__=1; ${name}=1`,
      `${name}=x; ${cookie}`,
      `${cookie.split('=')[0] ?? ''}=${text}`,
    ],
  ];
  for (const authorization of values)
    for (const held of [{}, { cookie }]) {
      const answer = await send({ path: '/api/v1/account', headers: { ...held, authorization } });
      expect(answer.status, authorization).toBe(401);
    }
  for (const each of cookies) {
    const answer = await send({ path: '/api/v1/account', headers: { cookie: each } });
    expect(answer.status, each.slice(0, 80)).toBe(401);
    expect((await send({ path: '/', headers: { cookie: each } })).status, each.slice(0, 80)).toBe(307);
  }
});

test('texts of 50,000 characters that slow down careless patterns take the time of any others', async () => {
  const timeOf = async (work: () => Promise<Answer>): Promise<number> => {
    const started = performance.now();
    const { status, text } = await work();
    expect(status, text.slice(0, 200)).toBeLessThan(500);
    return performance.now() - started;
  };
  /** A pattern that is slow is slow each time; a busy machine is not. */
  const isSlow = async (work: () => Promise<Answer>, usual: number): Promise<boolean> => {
    for (let n = 0; n < 3; n++) if ((await timeOf(work)) < usual * SLOWER_TIMES_MAX + NOISE_MS) return false;
    return true;
  };
  const plain = 'abcdefgh '.repeat(SLOW_TEXT_LENGTH / 9);
  let tried = 0;
  for (const { method, address, fields } of operationsWithBody()) {
    if (fields.length === 0) continue;
    const sendTexts = (text: string) => () =>
      change(method, address, JSON.stringify(Object.fromEntries(fields.map((field) => [field, text]))));
    const usual = await timeOf(sendTexts(plain));
    for (const text of slowTexts(SLOW_TEXT_LENGTH)) {
      tried++;
      expect(await isSlow(sendTexts(text), usual), `${method} ${address} ${text.slice(0, 12)}`).toBe(false);
    }
  }
  for (const list of ['/api/v1/search?q=', '/api/v1/inventory/nodes?group=identities&q=', '/sign-in?from=/'])
    for (const text of slowTexts(SLOW_QUERY_LENGTH)
      .map(encodeURIComponent)
      .filter((each) => each.length < 12_000)) {
      tried++;
      const headers = { cookie };
      const usual = await timeOf(() => send({ path: `${list}abc`, headers }));
      expect(await isSlow(() => send({ path: list + text, headers }), usual), list).toBe(false);
    }
  expect(tried).toBeGreaterThan(200);
  console.log(`${tried} slow texts`);
});

test('request lines and hosts that a client makes up lead nowhere else', async () => {
  const trap = await openTrap();
  const { host } = baseUrl();
  const own = `host: ${host}\r\nconnection: close\r\n\r\n`;
  const refused = [
    ...[
      'GET http://evil.example/api/health',
      `GET http://127.0.0.1:${trap.port}/`,
      'GET https://evil.example/',
      'GET //evil.example/',
    ],
    ...[
      'GET /\\evil.example/',
      'GET \\\\evil.example',
      'GET *',
      'OPTIONS *',
      'GET evil.example',
      'TRACE /',
      'PROPFIND /',
      'PUT /sign-in',
      'POST /',
    ],
    ...['GET /api/v1/users/%ff', 'GET /%', 'GET /%zz', 'GET /%c0%ae%c0%ae/'],
  ];
  for (const line of refused)
    expect(await sendRaw(`${line} HTTP/1.1\r\n${own}`), line).toMatch(/^http\/1.1 40[05] /);
  const upgrade =
    'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n';
  for (const target of ['/', `http://127.0.0.1:${trap.port}/`, `//127.0.0.1:${trap.port}/`])
    for (const named of [host, `127.0.0.1:${trap.port}`])
      expect(await sendRaw(`GET ${target} HTTP/1.1\r\nhost: ${named}\r\n${upgrade}`)).not.toContain(' 101 ');
  for (const named of [
    'evil.example',
    `127.0.0.1:${trap.port}`,
    'a b',
    '[::',
    'localhost:99999',
    `${host}@evil.example`,
    'evil.example/',
    '"',
  ])
    for (const target of [
      '/',
      '/sign-in/',
      '/nothing/',
      '/api/v1/account',
      '/api/auth/signin',
      '/api/auth/providers',
    ]) {
      const forwarded = `x-forwarded-host: ${named}\r\nx-forwarded-proto: https\r\nforwarded: host=evil.example\r\n`;
      const head = await sendRaw(
        `GET ${target} HTTP/1.1\r\nhost: ${named}\r\n${forwarded}connection: close\r\n\r\n`,
      );
      expect(head, `${target} of ${named}`).not.toMatch(/^http\/1.1 5/);
      expect(head, `${target} of ${named}`).not.toMatch(
        /^(location|refresh|set-cookie):.*(evil\.example|127\.0\.0\.1|99999)/m,
      );
    }
  for (const smuggled of [
    `POST /api/v1/tokens HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
    `POST /api/v1/tokens HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
    `GET / HTTP/1.1\r\nhost: ${host}\r\nhost: evil.example\r\nconnection: close\r\n\r\n`,
    `GET / HTTP/1.1\r\nhost: ${host}\r\nx: a\nb: c\r\n\r\n`,
    `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\n${own}`,
  ])
    expect(await sendRaw(smuggled)).not.toMatch(/^http\/1.1 (2|5)/);
  expect(trap.hits()).toBe(0);
  trap.close();
});

type Operation = { method: Method; address: string; fields: string[] };

/** Changes that take JSON, with the fields that take text, from the API's own document. */
function operationsWithBody(): Operation[] {
  type Schema = {
    $ref?: string;
    type?: string;
    properties?: Record<string, Schema>;
    anyOf?: Schema[];
    oneOf?: Schema[];
  };
  type Body = { content: { 'application/json'?: { schema: Schema } } };
  type Document = {
    paths: Record<string, Record<string, { requestBody?: Body }>>;
    components: { schemas: Record<string, Schema> };
  };
  const file = path.resolve(import.meta.dirname, '../docs/openapi.json');
  const { paths, components } = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const schemaOf = (schema: Schema): Schema =>
    components.schemas[schema.$ref?.replace('#/components/schemas/', '') ?? ''] ?? schema;
  const textFields = ({ properties = {}, anyOf = [], oneOf = [] }: Schema): string[] => [
    ...Object.entries(properties).flatMap(([name, { type }]) => (type === 'string' ? [name] : [])),
    ...[...anyOf, ...oneOf].flatMap(textFields),
  ];
  return Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).flatMap(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema;
      if (schema === undefined) return [];
      const filled = address.replaceAll(/\{\w+\}/g, 'missing');
      const row = API.find(({ path: route }) => route.replaceAll(/\[(\w+)\]/g, '{$1}') === address);
      const asked = row === undefined ? filled : addressOf(row);
      return [
        {
          method: method.toUpperCase() as Method,
          address: asked,
          fields: [...new Set(textFields(schemaOf(schema)))],
        },
      ];
    }),
  );
}

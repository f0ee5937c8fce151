import { expect, test } from '@playwright/test';
import type pg from 'pg';
import { BYPASSES } from './http/bypass-headers.ts';
import { builtActions, builtRoutes } from './http/built-routes.ts';
import { countRows, openDatabase } from './http/database.ts';
import { dropPrincipals, makePrincipals, type Principal } from './http/principals.ts';
import { forEach, pageHeaders, send, type Answer } from './http/send.ts';
import { findThings, type Things } from './http/things.ts';
import { addressOf, API, methodsOf, PAGES, SCOPED, type Access, type ApiRow } from './permission-matrix.ts';

// Plain HTTP against the production build: every route and page, every method, everybody who can knock.

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;
type AnyMethod = (typeof METHODS)[number];
const AT_ONCE = 6;
/** No visible ASCII, so it is refused: by then the request has passed authorisation, and nothing is done. */
const REFUSED_KEY = { 'idempotency-key': 'not a key' };

let database: pg.Client;
let principals: Principal[] = [];
let things: Things;

test.beforeAll(async () => {
  database = await openDatabase();
  principals = await makePrincipals(database);
  things = await findThings(database);
});
test.afterAll(async () => {
  await dropPrincipals(database);
  await database.end();
});

const called = (name: string): Principal => {
  const found = principals.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
};

/** Null: refused as unknown. */
function isAllowed(access: Access, { role, scope }: Principal): boolean | null {
  if (access === 'public') return true;
  if (role === null && scope === null) return null;
  return (role !== null && access.roles.includes(role)) || (scope !== null && access.scopes.includes(scope));
}

function expectedOf(row: ApiRow, method: AnyMethod, principal: Principal): number {
  if (method === 'OPTIONS') return 204;
  const declared = method === 'HEAD' ? 'GET' : method;
  const access = methodsOf(row).find(([name]) => name === declared)?.[1];
  if (access === undefined) return 405;
  const allowed = isAllowed(access, principal);
  if (allowed === null) return 401;
  if (!allowed) return 403;
  if (declared === 'GET') return row.reads ?? (row.path.includes('[') ? 404 : 200);
  return row.changes ?? 400;
}

const ask = (row: ApiRow, method: AnyMethod, { headers }: Pick<Principal, 'headers'>): Promise<Answer> => {
  const changes = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
  return send({
    method,
    path: addressOf(row),
    headers: { ...(changes ? { ...pageHeaders(), ...REFUSED_KEY } : {}), ...headers },
    ...(changes ? { body: '{}' } : {}),
  });
};

/** The whole answer without what differs each time. */
const said = ({ status, headers, text }: Answer): string =>
  `${status} ${String(headers['content-type'])} ${text.replaceAll(/req_\w+/g, 'req')}`;

test('the matrix lists exactly the routes and pages of the build, and there are no Server Actions', () => {
  const { api, pages } = builtRoutes();
  expect(API.map(({ path }) => path).sort()).toEqual(api);
  expect(PAGES.map(({ path }) => path).sort()).toEqual(pages);
  expect(builtActions()).toEqual([]);
});

test('every route × method × principal answers as the matrix says, and what is refused changes nothing', async () => {
  const before = await countRows(database);
  const cells = API.flatMap((row) =>
    METHODS.flatMap((method) => principals.map((principal) => ({ row, method, principal }))),
  );
  const wrong: string[] = [];
  await forEach(cells, AT_ONCE, async ({ row, method, principal }) => {
    const answer = await ask(row, method, principal);
    const expected = expectedOf(row, method, principal);
    const cell = `${method} ${row.path} as ${principal.name}`;
    if (answer.status !== expected)
      wrong.push(`${cell}: ${answer.status}, not ${expected}. ${answer.text.slice(0, 300)}`);
    const isBare = method === 'HEAD' || method === 'OPTIONS' || answer.status === 405;
    if ([401, 403].includes(answer.status) && !isBare) {
      const told = Object.keys(JSON.parse(answer.text) as object)
        .sort()
        .join();
      if (told !== 'code,detail,requestId,status,title,type') wrong.push(`${cell} tells ${told}`);
    }
    if (isBare && method !== 'TRACE' && answer.text !== '') wrong.push(`${cell} has a body`);
  });
  expect(wrong).toEqual([]);
  expect(await countRows(database)).toEqual(before);
  test.info().annotations.push({ type: 'cells', description: String(cells.length) });
  console.log(`${cells.length} cells of the permission matrix`);
});

test('CONNECT opens nothing', async () => {
  await expect(send({ method: 'CONNECT', path: 'localhost:1' })).rejects.toThrow();
});

test('no header that has opened a gate elsewhere opens one here', async () => {
  const nobody = called('nobody');
  const rows = API.flatMap((row) => methodsOf(row).map(([method, access]) => ({ row, method, access })));
  const cells = rows
    .filter(({ access }) => access !== 'public')
    .flatMap((cell) => BYPASSES.map((headers) => ({ ...cell, headers })));
  const wrong: string[] = [];
  await forEach(cells, AT_ONCE, async ({ row, method, headers }) => {
    const answer = await ask(row, method, { headers: { ...nobody.headers, ...headers } });
    if (answer.status !== 401)
      wrong.push(`${method} ${row.path} with ${JSON.stringify(headers)}: ${answer.status}`);
  });
  expect(wrong).toEqual([]);
  console.log(`${cells.length} attempts around the gate of the API`);
});

test('every page × principal answers as the matrix says', async () => {
  const wrong: string[] = [];
  const cells = PAGES.flatMap((row) => principals.map((principal) => ({ row, principal })));
  await forEach(cells, AT_ONCE, async ({ row, principal }) => {
    const answer = await send({ path: addressOf(row), headers: principal.headers });
    // A token opens no page; whoever is signed in has no business at the sign-in page.
    const visitor = principal.scope === null ? principal : { ...principal, scope: null };
    const allowed = isAllowed(row.access, visitor);
    const isLedOn = row.path === '/sign-in' && visitor.role !== null;
    const expected = allowed === null || isLedOn ? 307 : allowed ? (row.answers ?? 200) : 403;
    const cell = `${row.path} as ${principal.name}`;
    if (answer.status !== expected) wrong.push(`${cell}: ${answer.status}, not ${expected}`);
    const location = String(answer.headers['location'] ?? '');
    if (allowed === null && !location.startsWith('/sign-in')) wrong.push(`${cell} leads to ${location}`);
  });
  expect(wrong).toEqual([]);
  console.log(`${cells.length} cells of pages`);
});

test('no variant of a page shows nobody anything that is known', async () => {
  const variants = pageVariants();
  const cells = PAGES.flatMap((row) => variants.map((variant) => ({ row, variant })));
  const { text } = await send({ path: '/account', headers: called('administrator').headers });
  expect(
    things.marks.filter((mark) => text.includes(mark)),
    'marks would be seen',
  ).not.toEqual([]);
  const wrong: string[] = [];
  await forEach(cells, AT_ONCE, async ({ row, variant }) => {
    const path = variant.path(addressOf(row));
    const answer = await follow(path, variant.headers);
    const shown = things.marks.filter((mark) => answer.text.includes(mark));
    if (shown.length > 0) wrong.push(`${path} ${JSON.stringify(variant.headers)} shows ${shown.join()}`);
    if (answer.status >= 500) wrong.push(`${path} ${JSON.stringify(variant.headers)}: ${answer.status}`);
  });
  expect(wrong).toEqual([]);
  console.log(`${cells.length} variants of pages`);
});

test('of what others own, an owner hears what would be said of nothing', async () => {
  const { headers } = called('owner');
  const administrator = called('administrator');
  const before = await countRows(database);
  for (const { thing, method, ask: template, body, own } of SCOPED) {
    const of = (id: string, who = headers) =>
      send({
        method,
        path: template.replaceAll('{id}', encodeURIComponent(id)),
        headers: { ...(method === 'GET' || method === 'HEAD' ? {} : pageHeaders()), ...who },
        ...(method === 'GET' || method === 'HEAD' ? {} : { body: JSON.stringify(body ?? {}) }),
      });
    const { mine, foreign, missing } = things[thing];
    const [answerMissing, ...answersForeign] = await Promise.all([
      of(missing),
      ...foreign.map((id) => of(id)),
    ]);
    expect(answerMissing.status, `${method} ${template} of nothing`).toBe(404);
    for (const answer of answersForeign)
      expect(said(answer), `${method} ${template}`).toBe(said(answerMissing));
    if (own === null) continue;
    expect((await of(mine)).status, `${method} ${template} of one’s own`).toBe(own);
    expect((await of(foreign[0] ?? '', administrator.headers)).status).toBe(own);
  }
  expect(await countRows(database)).toEqual(before);
});

test('an owner’s lists hold nothing that others own', async () => {
  const { headers } = called('owner');
  const own = new Set(things.ownKeys);
  for (const list of ['/api/v1/search?q=a&limit=50', '/api/v1/graph/widest', ...inventoryLists()]) {
    const { status, text } = await send({ path: list, headers });
    expect(status, list).toBe(200);
    const body = JSON.parse(text) as {
      rows?: { key: string }[];
      results?: { key: string }[];
      nodes?: { key: string }[];
    };
    const rows = body.rows ?? body.results ?? body.nodes ?? [];
    expect(
      rows.map(({ key }) => key).filter((key) => !own.has(key)),
      list,
    ).toEqual([]);
  }
});

const inventoryLists = (): string[] =>
  ['identities', 'credentials', 'resources'].map(
    (group) => `/api/v1/inventory/nodes?group=${group}&size=100`,
  );

type Variant = { path: (page: string) => string; headers: Record<string, string> };

/** The addresses and headers under which the framework gives a page in another form. */
function pageVariants(): Variant[] {
  const same = (page: string) => page;
  const stem = (page: string) => (page === '/' ? '/index' : page);
  const forms: Variant[] = [
    { path: same, headers: {} },
    { path: same, headers: { rsc: '1' } },
    { path: same, headers: { rsc: '1', 'next-router-prefetch': '1' } },
    { path: same, headers: { rsc: '1', 'next-router-prefetch': '2' } },
    {
      path: same,
      headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    },
    {
      path: same,
      headers: {
        rsc: '1',
        'next-router-state-tree':
          '%5B%22%22%2C%7B%22children%22%3A%5B%22__PAGE__%22%2C%7B%7D%5D%7D%2Cnull%2Cnull%2C16%5D',
      },
    },
    { path: same, headers: { purpose: 'prefetch', 'x-nextjs-data': '1' } },
    { path: (page) => `${stem(page)}.rsc`, headers: {} },
    { path: (page) => `${stem(page)}.prefetch.rsc`, headers: { rsc: '1' } },
    { path: (page) => `${stem(page)}.segments/_tree.segment.rsc`, headers: { rsc: '1' } },
    { path: (page) => `${stem(page)}.html`, headers: {} },
    { path: (page) => `/_next/data/x${stem(page)}.json`, headers: {} },
    { path: (page) => `${page}?__nextDefaultLocale=en&_rsc=1`, headers: { rsc: '1' } },
    { path: (page) => page.replaceAll(/[a-z]/g, (c) => `%${c.charCodeAt(0).toString(16)}`), headers: {} },
    { path: (page) => page.toUpperCase(), headers: {} },
  ];
  return [...forms, ...BYPASSES.map((headers) => ({ path: same, headers }))];
}

/** As a browser would, but never to the sign-in page, which is shown to everybody. */
async function follow(path: string, headers: Record<string, string>): Promise<Answer> {
  let answer = await send({ path, headers });
  for (let hop = 0; hop < 3 && answer.status >= 300 && answer.status < 400; hop++) {
    const location = String(answer.headers['location']);
    if (location.startsWith('/sign-in')) break;
    answer = await send({ path: location, headers });
  }
  return answer;
}

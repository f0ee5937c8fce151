import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { record } from '#lib/audit/record.ts';
import { makeUser, pageRequest, signIn } from '#lib/auth/test-sign-in.ts';
import { AppError } from '#lib/core/errors.ts';
import { db, inTransaction } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { exportToEnvironment } from '#lib/env.ts';
import { route } from './route.ts';
import { changesState } from './same-origin.ts';

useTestDatabase();
const context = { params: Promise.resolve({}) };
let effects = 0;

const change = route({
  permission: 'user.manage',
  body: z.strictObject({ n: z.number() }),
  output: z.object({ effect: z.number() }),
  status: 201,
  handle: async ({ body, actor }) => {
    if (body.n < 0) throw new AppError('conflict', 'No.');
    await inTransaction((tx) => record(tx, actor, { action: 'test.change', subject: 'x' }));
    return { effect: ++effects, secret: 'never shown' };
  },
});
const read = route({
  permission: 'evidence.read',
  query: z.strictObject({ q: z.string().optional() }),
  output: z.object({ ok: z.literal(true) }),
  traceAs: 'evidence.read',
  handle: () => Promise.resolve({ ok: true as const }),
});

async function cookieOf(email: string, role: 'administrator' | 'auditor' | 'owner'): Promise<string> {
  await makeUser(email, role);
  return (await signIn(email)).jar.header;
}
const send = (cookie: string, body: unknown, headers: Record<string, string> = {}) =>
  change(pageRequest('/api/v1/x', { cookie, body, headers }), context);
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

describe('route', () => {
  it('shows only what its output names, and says not to keep it', async () => {
    const response = await send(await cookieOf('out@example.org', 'administrator'), { n: 1 });
    expect(response.status).toBe(201);
    expect(Object.keys((await response.json()) as object)).toEqual(['effect']);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it('refuses other types, compression, extra fields, repeated names and parameters', async () => {
    const cookie = await cookieOf('types@example.org', 'administrator');
    expect((await send(cookie, { n: 1 }, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send(cookie, { n: 1 }, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await send(cookie, { n: 1, role: 'administrator' })).status).toBe(400);
    expect((await send(cookie, { n: { contains: '' } })).status).toBe(400);
    const raw = (body: string) =>
      change(
        new Request('http://localhost:3000/x', {
          method: 'POST',
          headers: pageRequest('/x', { cookie, body: 1 }).headers,
          body,
        }),
        context,
      );
    expect((await raw('{"n":1,"n":2}')).status).toBe(400);
    expect((await raw(`{"n":1${' '.repeat(1 << 20)}}`)).status).toBe(413);
    expect((await read(pageRequest('/x?q=1&q=2', { cookie }), context)).status).toBe(400);
    expect((await read(pageRequest('/x?q=%00', { cookie }), context)).status).toBe(400);
    expect((await raw('{"n":1,"\\ud800":"x"}')).status).toBe(400);
    expect((await raw('{"n":"\\u0000"}')).status).toBe(400);
  });

  it('changes nothing for a foreign page, whatever it sends', async () => {
    const cookie = await cookieOf('csrf@example.org', 'administrator');
    const before = effects;
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:3000.evil.example' },
      { origin: 'http://localhost:3001' },
      { origin: 'http://evil.localhost:3000' },
      { origin: 'file://' },
      { 'x-bailiwick': '' },
      { 'x-bailiwick': '0' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      { 'x-http-method-override': 'GET', origin: 'https://evil.example' },
    ];
    for (const headers of foreign) {
      const response = await send(cookie, { n: 1 }, headers);
      expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([403, null]);
    }
    const bare = pageRequest('/x', { cookie, body: { n: 1 } });
    bare.headers.delete('origin');
    expect((await change(bare, context)).status).toBe(403);
    expect(effects).toBe(before);
    expect((await send(cookie, { n: 1 }, { 'sec-fetch-site': 'same-origin' })).status).toBe(201);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'X'])
      expect(changesState(new Request('http://x', { method }))).toBe(true);
  });

  it('takes only BAILIWICK_URL as its own origin where that is set', async () => {
    const cookie = await cookieOf('url@example.org', 'administrator');
    exportToEnvironment({ BAILIWICK_URL: 'http://localhost:3000/' });
    const forged = { host: 'evil.example', origin: 'http://evil.example' };
    expect((await send(cookie, { n: 1 }, forged)).status).toBe(403);
    expect((await send(cookie, { n: 1 })).status).toBe(201);
    exportToEnvironment({ BAILIWICK_URL: '' });
    expect((await send(cookie, { n: 1 }, { host: 'evil.example' })).status).toBe(403);
  });

  it('records who was refused what', async () => {
    const response = await send(await cookieOf('owner@example.org', 'owner'), { n: 1 });
    expect(await codeOf(response)).toBe('forbidden');
    const [row] = await db().auditEvent.findMany({ where: { action: 'access.refuse' } });
    expect(row).toMatchObject({
      actorName: 'owner@example.org',
      subject: 'route:/api/v1/x',
      after: { permission: 'user.manage' },
    });
    expect((await change(pageRequest('/x', { body: { n: 1 } }), context)).status).toBe(401);
  });

  it('leaves a trace of each read that is declared to', async () => {
    const cookie = await cookieOf('auditor@example.org', 'auditor');
    expect((await read(pageRequest('/api/v1/evidence?q=a', { cookie }), context)).status).toBe(200);
    const [row] = await db().auditEvent.findMany({
      where: { action: 'evidence.read', actorName: 'auditor@example.org' },
    });
    expect(row).toMatchObject({ after: { query: '?q=a' } });
  });

  it('stops a principal at its limit, and nobody else', async () => {
    const cookie = await cookieOf('busy@example.org', 'auditor');
    const other = await cookieOf('calm@example.org', 'auditor');
    exportToEnvironment({ REQUESTS_PER_MINUTE: '60' });
    const statuses = new Set<number>();
    for (let n = 0; n < 130; n++) statuses.add((await read(pageRequest('/x', { cookie }), context)).status);
    expect([...statuses].sort()).toEqual([200, 429]);
    expect((await read(pageRequest('/x', { cookie: other }), context)).status).toBe(200);
    exportToEnvironment({ REQUESTS_PER_MINUTE: '3000' });
  });
});

describe('Idempotency-Key', () => {
  it('gives one effect and one answer to the same request sent many times at once and later', async () => {
    const cookie = await cookieOf('once@example.org', 'administrator');
    const before = effects;
    const again = () => send(cookie, { n: 7 }, { 'idempotency-key': 'k-1' });
    const answers = await Promise.all(Array.from({ length: 20 }, again));
    expect(effects).toBe(before + 1);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    for (const response of answers) expect([201, 409]).toContain(response.status);
    const later = await again();
    expect([later.status, await later.json()]).toEqual([201, await done[0]?.json()]);
    expect(effects).toBe(before + 1);
  });

  it('refuses the key for another request, keeps principals apart, and forgets what failed', async () => {
    const cookie = await cookieOf('twice@example.org', 'administrator');
    const key = { 'idempotency-key': 'k-2' };
    expect((await send(cookie, { n: 1 }, key)).status).toBe(201);
    expect((await send(cookie, { n: 2 }, key)).status).toBe(422);
    expect((await send(await cookieOf('third@example.org', 'administrator'), { n: 2 }, key)).status).toBe(
      201,
    );
    const failing = { 'idempotency-key': 'k-3' };
    expect((await send(cookie, { n: -1 }, failing)).status).toBe(409);
    expect((await send(cookie, { n: 3 }, failing)).status).toBe(201);
    expect((await send(cookie, { n: 3 }, { 'idempotency-key': 'ü' })).status).toBe(400);
    await db()
      .$executeRaw`UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'k-2'`;
    expect((await send(cookie, { n: 2 }, key)).status).toBe(201);
  });
});

describe('without an audit log', () => {
  it('nothing is changed, nothing is read that must leave a trace, and all is well once it is back', async () => {
    const cookie = await cookieOf('t6@example.org', 'administrator');
    await db()
      .$executeRaw`CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$`;
    await db()
      .$executeRaw`CREATE TRIGGER broken BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION broken()`;
    const before = effects;
    expect((await send(cookie, { n: 1 })).status).toBe(503);
    expect(effects).toBe(before);
    expect((await read(pageRequest('/x', { cookie }), context)).status).toBe(503);
    expect((await signIn('t6@example.org')).response.status).toBe(503);
    expect(await db().session.count({ where: { user: { email: 't6@example.org' }, endedAt: null } })).toBe(1);
    await db().$executeRaw`DROP TRIGGER broken ON audit_event`;
    expect((await send(cookie, { n: 1 })).status).toBe(201);
  });
});

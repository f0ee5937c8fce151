import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { exportToEnvironment } from '#lib/env.ts';
import { route } from '#lib/http/route.ts';
import {
  callAuth,
  CookieJar,
  csrfTokenFor,
  makeUser,
  pageRequest,
  signIn,
  TEST_PASSWORD,
} from './test-sign-in.ts';

useTestDatabase();

const whoAmI = route({
  permission: 'account.own',
  output: z.object({ id: z.string(), role: z.string() }),
  handle: ({ actor }) => Promise.resolve({ id: actor.id, role: actor.role }),
});
const ask = (cookie: string) => whoAmI(pageRequest('/x', { cookie }), { params: Promise.resolve({}) });

describe('signing in with a local account', () => {
  it('opens a session that the next request is known by', async () => {
    const id = await makeUser('ada@example.org', 'security');
    const { response, jar } = await signIn(' Ada@Example.org ');
    expect(response.status).toBe(200);
    expect(await (await ask(jar.header)).json()).toEqual({ id, role: 'security' });
    const session: unknown = await (await callAuth('session', { cookie: jar.header })).json();
    expect(session).toMatchObject({ user: { email: 'ada@example.org', role: 'security' } });
    const audit = await db().auditEvent.findMany({ where: { action: 'session.start', actor: id } });
    expect(audit).toMatchObject([{ address: '192.0.2.7', actorName: 'ada@example.org' }]);
  });

  it('sets cookies that scripts and other sites do not get, and over https only this host can set', async () => {
    await makeUser('grace@example.org', 'owner');
    const { response } = await signIn('grace@example.org');
    for (const line of response.headers.getSetCookie())
      expect(line).toMatch(/Path=\/; .*HttpOnly; SameSite=Lax$/);
    exportToEnvironment({ BAILIWICK_URL: 'https://bailiwick.example' });
    try {
      const csrf = await callAuth('csrf', { headers: { origin: 'https://bailiwick.example' } });
      for (const line of csrf.headers.getSetCookie())
        expect(line).toMatch(/^__Host-.*Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    } finally {
      exportToEnvironment({ BAILIWICK_URL: '' });
    }
  });

  it('answers a wrong password and an unknown address alike, also once they are locked', async () => {
    await makeUser('known@example.org', 'owner');
    const texts = new Map<string, string[]>();
    for (const email of ['known@example.org', 'unknown@example.org']) {
      const answers: string[] = [];
      for (let n = 0; n < 12; n++) {
        const { response } = await signIn(email, 'a wrong password');
        const { requestId: _, ...body } = (await response.json()) as { requestId: string };
        answers.push(`${response.status} ${JSON.stringify(body)}`);
      }
      texts.set(email, answers);
    }
    expect(texts.get('known@example.org')).toEqual(texts.get('unknown@example.org'));
    expect(texts.get('known@example.org')?.[0]).toContain('401');
    expect(texts.get('known@example.org')?.[11]).toContain('429');
    const { response } = await signIn('known@example.org');
    expect(response.status).toBe(429);
    expect(await db().auditEvent.count({ where: { action: 'session.refuse' } })).toBe(25);
  });

  it('works as hard for an unknown address as for a known one', async () => {
    await makeUser('timed@example.org', 'owner');
    await signIn('warm@example.org', 'x');
    // Processor time of this process, as the time on the wall is also other programs'.
    const work = async (email: string) => {
      const before = process.cpuUsage();
      await signIn(email, 'a wrong password');
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const known: number[] = [];
    const unknown: number[] = [];
    for (let n = 0; n < 8; n++) {
      known.push(await work('timed@example.org'));
      unknown.push(await work(`nobody${n}@example.org`));
    }
    // Without the decoy hash the ratio is above 2.
    const ratio = Math.min(...known) / Math.min(...unknown);
    expect(ratio).toBeGreaterThan(0.6);
    expect(ratio).toBeLessThan(1.6);
  });

  it('gives a new session at each sign-in and ends the one that the browser had', async () => {
    await makeUser('twice@example.org', 'auditor');
    const { jar: first } = await signIn('twice@example.org');
    const before = first.header;
    const { jar: second } = await signIn('twice@example.org', TEST_PASSWORD, first);
    expect((await ask(second.header)).status).toBe(200);
    expect((await ask(before)).status).toBe(401);
  });

  it('refuses without the token of the form, from another page, and as a plain form', async () => {
    await makeUser('csrf@example.org', 'owner');
    const credentials = { email: 'csrf@example.org', password: TEST_PASSWORD };
    const jar = new CookieJar();
    const csrfToken = await csrfTokenFor(jar);
    const post = (headers: Record<string, string>, body: unknown = { ...credentials, csrfToken }) =>
      callAuth('callback/credentials', { cookie: jar.header, body, headers });
    const without = jar.keep(await post({}, credentials));
    expect(without.names().filter((name) => name.endsWith('.session'))).toEqual([]);
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ origin: 'null' })).status).toBe(403);
    expect((await post({ 'x-bailiwick': '' })).status).toBe(403);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post({ 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post({})).status).toBe(200);
  });

  it('does not know the doors of next-auth that are not used here', async () => {
    for (const path of ['signin/email', 'callback/email', 'verify-request', '_log', 'callback/github'])
      expect((await callAuth(path)).status, path).toBe(404);
    for (const path of ['_log', 'session', 'callback/oidc', 'signin/credentials'])
      expect((await callAuth(path, { body: {} })).status, path).toBe(404);
  });
});

describe('a session', () => {
  const ended = async (email: string, end: (userId: string) => Promise<unknown>) => {
    const id = await makeUser(email, 'security');
    const { jar } = await signIn(email);
    expect((await ask(jar.header)).status).toBe(200);
    await end(id);
    const session = await callAuth('session', { cookie: jar.header });
    expect(await session.json()).toEqual({});
    return (await ask(jar.header)).status;
  };
  const age = (userId: string, column: 'last_seen_at' | 'expires_at', hours: number) =>
    column === 'last_seen_at'
      ? db()
          .$executeRaw`UPDATE session SET last_seen_at = now() - make_interval(hours => ${hours}) WHERE user_id = ${userId}`
      : db().$executeRaw`UPDATE session SET expires_at = now() WHERE user_id = ${userId}`;

  it('ends at the next request when the account is disabled', async () => {
    const end = (id: string) => db().user.update({ where: { id }, data: { disabledAt: new Date() } });
    expect(await ended('a@example.org', end)).toBe(401);
  });

  it('ends at the next request when role or password change', async () => {
    const end = (id: string) =>
      db().user.update({ where: { id }, data: { sessionVersion: { increment: 1 } } });
    expect(await ended('b@example.org', end)).toBe(401);
  });

  it('ends when nobody used it for eight hours', async () => {
    expect(await ended('c@example.org', (id) => age(id, 'last_seen_at', 9))).toBe(401);
  });

  it('ends at its absolute limit however much it is used', async () => {
    expect(await ended('d@example.org', (id) => age(id, 'expires_at', 0))).toBe(401);
  });

  it('ends with signing out, also for a copy of its cookie', async () => {
    await makeUser('out@example.org', 'owner');
    const { jar } = await signIn('out@example.org');
    const copy = jar.header;
    const csrfToken = await csrfTokenFor(jar);
    jar.keep(await callAuth('signout', { cookie: jar.header, body: { csrfToken } }));
    expect(jar.names().filter((name) => name.endsWith('.session'))).toEqual([]);
    expect((await ask(copy)).status).toBe(401);
  });

  it('stays open for a changed, foreign or oversized cookie only by refusing it', async () => {
    await makeUser('cookie@example.org', 'owner');
    const { jar } = await signIn('cookie@example.org');
    const name = jar.names().find((each) => each.endsWith('.session')) ?? '';
    for (const value of ['', 'x', 'a.b.c.d.e', 'x'.repeat(100_000), '%', 'eyJhbGciOiJub25lIn0.e30.'])
      expect((await ask(`${name}=${value}`)).status).toBe(401);
    const broken = jar.header.replace(/(session=.{40})./, '$1!');
    expect((await ask(broken)).status).toBe(401);
  });
});

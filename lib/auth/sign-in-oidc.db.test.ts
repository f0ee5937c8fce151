import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { authenticatePage } from './authenticate.ts';
import {
  askProvider,
  beginSignIn,
  signInThroughProvider,
  startProvider,
  useIssuer,
  type TestPerson,
} from './test-oidc-provider.ts';
import { callAuth, CookieJar, makeUser, pageRequest } from './test-sign-in.ts';

useTestDatabase();

const person: { current: TestPerson } = { current: { sub: 'person-1' } };
let provider: Awaited<ReturnType<typeof startProvider>>;
beforeAll(async () => {
  provider = await startProvider(person);
  useIssuer(provider.issuer);
});
afterAll(() => provider.stop());

const whoIs = (jar: CookieJar) => authenticatePage(pageRequest('/x', { cookie: jar.header }).headers);
const ada = { sub: 'person-1', name: 'Ada', email: 'ada@example.org', email_verified: true };

describe('single sign-on', () => {
  it('lets a person in with the role of their groups and back to where they wanted to go', async () => {
    person.current = { ...ada, groups: ['staff', 'sec'] };
    const { response, jar } = await signInThroughProvider();
    expect([response.status, response.headers.get('location')]).toEqual([302, 'http://localhost:3000/graph']);
    expect(await whoIs(jar)).toMatchObject({ name: 'Ada', role: 'security', kind: 'user' });
    expect(await db().user.findFirst({ where: { subject: 'person-1' } })).toMatchObject({
      issuer: provider.issuer,
      email: 'ada@example.org',
    });
  });

  it('knows the account by issuer and subject and never by e-mail', async () => {
    const local = await makeUser('bea@example.org', 'administrator');
    person.current = { sub: 'person-2', name: 'Bea', email: 'bea@example.org', groups: ['staff'] };
    const { jar } = await signInThroughProvider();
    const actor = await whoIs(jar);
    expect(actor?.role).toBe('owner');
    expect(actor?.id).not.toBe(local);
  });

  it('gives the role that the groups give now, and ends the sessions of the old one', async () => {
    person.current = { ...ada, groups: ['it-admins'] };
    const { jar: before } = await signInThroughProvider();
    person.current = { ...ada, groups: ['staff'] };
    const { jar: after } = await signInThroughProvider();
    expect((await whoIs(after))?.role).toBe('owner');
    expect(await whoIs(before)).toBeNull();
    const changes = await db().auditEvent.findMany({ where: { action: 'user.change' } });
    expect(changes.at(-1)).toMatchObject({ before: { role: 'administrator' }, after: { role: 'owner' } });
  });

  it('does not let in who has no role or is disabled, and says so', async () => {
    person.current = { sub: 'person-3', name: 'Carl', groups: ['sec '] };
    const { response, jar } = await signInThroughProvider();
    expect(response.headers.get('location')).toContain('/sign-in?error=NoRole');
    expect(await whoIs(jar)).toBeNull();
    expect(await db().user.count({ where: { subject: 'person-3' } })).toBe(0);
    await db().user.updateMany({ where: { subject: 'person-1' }, data: { disabledAt: new Date() } });
    person.current = { ...ada, groups: ['staff'] };
    expect((await signInThroughProvider()).response.headers.get('location')).toContain(
      '/sign-in?error=Disabled',
    );
    await db().user.updateMany({ where: { subject: 'person-1' }, data: { disabledAt: null } });
    expect(await db().auditEvent.count({ where: { action: 'session.refuse' } })).toBe(2);
  });

  it('keeps claimed teams equal to the claims and leaves those that a person gave', async () => {
    await db().team.createMany({
      data: [
        { id: 'tem_a', name: 'Payments', nodeKey: 'team:payments' },
        { id: 'tem_b', name: 'Billing' },
        { id: 'tem_c', name: 'By hand' },
      ],
    });
    person.current = { ...ada, groups: ['staff'], teams: ['payments', 'Billing', 'unknown'] };
    await signInThroughProvider();
    const { id: userId } = await db().user.findFirstOrThrow({ where: { subject: 'person-1' } });
    await db().teamMember.create({ data: { teamId: 'tem_c', userId } });
    const teams = async () =>
      (await db().teamMember.findMany({ where: { userId }, orderBy: { teamId: 'asc' } })).map(
        (m) => m.teamId,
      );
    expect(await teams()).toEqual(['tem_a', 'tem_b', 'tem_c']);
    person.current = { ...ada, groups: ['staff'], teams: ['team:payments'] };
    await signInThroughProvider();
    expect(await teams()).toEqual(['tem_a', 'tem_c']);
  });

  it('takes no answer that is replayed, meant for another browser, or without its state', async () => {
    person.current = { ...ada, groups: ['staff'] };
    const { jar, back } = await signInThroughProvider();
    const replayed = await callAuth(back, { cookie: jar.header });
    expect(replayed.headers.get('location')).toContain('error=OAuthCallback');
    const mine = new CookieJar();
    const theirs = new CookieJar();
    await beginSignIn(mine);
    const stolen = await askProvider(await beginSignIn(theirs));
    const swapped = await callAuth(stolen, { cookie: mine.header });
    expect(swapped.headers.get('location')).toContain('error=OAuthCallback');
    expect(await whoIs(mine.keep(swapped))).toBeNull();
    const own = await askProvider(await beginSignIn(mine));
    const without = await callAuth(own.replace(/state=[^&]*/, ''), { cookie: mine.header });
    expect(without.headers.get('location')).toContain('error=OAuthCallback');
  });

  it('asks with PKCE, state and nonce', async () => {
    const url = await beginSignIn(new CookieJar());
    const asked = Object.fromEntries(url.searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile email',
    });
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked[name]?.length).toBeGreaterThan(20);
  });
});

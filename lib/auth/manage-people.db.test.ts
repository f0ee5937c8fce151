import { describe, expect, it } from 'vitest';
import { systemActor, type Actor } from '#lib/authz/actor.ts';
import { TOKEN_SCOPES } from '#lib/authz/permissions.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import {
  changeOwnPassword,
  confirmIdentity,
  endOtherSessions,
  endOwnSession,
  getAccount,
} from './account/own-account.ts';
import { authenticate, authenticatePage } from './authenticate.ts';
import { createTeam, putTeamMember } from './teams/change-team.ts';
import { importTeams } from './teams/import-teams.ts';
import { listTeams } from './teams/list-teams.ts';
import type { CookieJar } from './test-sign-in.ts';
import { makeUser, pageRequest, signIn, TEST_PASSWORD } from './test-sign-in.ts';
import { isTokenForm, makeToken } from './token-format.ts';
import { createToken, revokeToken, rotateToken } from './tokens/change-tokens.ts';
import { listTokens } from './tokens/list-tokens.ts';
import { changeUser } from './users/change-user.ts';
import { acceptInvitation, inviteUser, reissueInvitation } from './users/invite-user.ts';
import { listUsers, usersQuery } from './users/list-users.ts';

useTestDatabase();
const cli = systemActor('cli', 'Command line');
const origin = { address: '192.0.2.9', requestId: 'req_x' };
const actorOf = async (jar: CookieJar): Promise<Actor> => {
  const actor = await authenticatePage(pageRequest('/x', { cookie: jar.header }).headers);
  if (!actor) throw new Error('Nobody is signed in.');
  return actor;
};
const isIn = async (jar: CookieJar) =>
  (await authenticatePage(pageRequest('/x', { cookie: jar.header }).headers)) !== null;
const bearer = (token: string, optional = false) =>
  authenticate(
    new Request('http://localhost:3000/x', { headers: { authorization: `Bearer ${token}` } }),
    'req_1',
    optional,
  );
const codeIn = (link: string) => link.split('#')[1] ?? '';
const outOfDate = (actor: Actor): Actor => ({
  ...actor,
  authenticatedAt: new Date(Date.now() - 16 * 60_000),
});

describe('people', () => {
  it('an invited person sets a password with a link that works once', async () => {
    const { link, userId } = await inviteUser(cli, {
      name: 'New',
      email: 'New@Example.org',
      role: 'auditor',
      teamIds: [],
    });
    expect(link).toMatch(/^http:\/\/localhost:3000\/sign-in\/invitation#[\w-]{32}$/);
    expect((await signIn('new@example.org', '')).response.status).toBe(401);
    await expect(acceptInvitation({ code: codeIn(link), password: 'short' }, origin)).rejects.toThrow('12');
    await expect(acceptInvitation({ code: 'x', password: TEST_PASSWORD }, origin)).rejects.toThrow(
      'not valid',
    );
    const both = [1, 2].map(() => acceptInvitation({ code: codeIn(link), password: TEST_PASSWORD }, origin));
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
    expect((await signIn('new@example.org')).response.status).toBe(200);
    const again = await reissueInvitation(cli, userId);
    const newer = await reissueInvitation(cli, userId);
    await expect(
      acceptInvitation({ code: codeIn(again.link), password: TEST_PASSWORD }, origin),
    ).rejects.toThrow('not valid');
    await db().$executeRaw`UPDATE invitation SET expires_at = now() WHERE used_at IS NULL`;
    await expect(
      acceptInvitation({ code: codeIn(newer.link), password: TEST_PASSWORD }, origin),
    ).rejects.toThrow('not valid');
    await expect(
      inviteUser(cli, { name: 'New', email: 'new@example.org', role: 'owner', teamIds: [] }),
    ).rejects.toMatchObject({ code: 'P2002' });
  });

  it('a changed role or a disablement ends the sessions; nobody does it to themselves; one administrator stays', async () => {
    const admin = await makeUser('admin@example.org', 'administrator');
    const other = await makeUser('other@example.org', 'security');
    const { jar } = await signIn('admin@example.org');
    const { jar: theirs } = await signIn('other@example.org');
    const actor = await actorOf(jar);
    await expect(changeUser(actor, admin, { role: 'owner' })).rejects.toThrow('their own');
    await expect(changeUser(actor, admin, { disabled: true })).rejects.toThrow('themselves');
    await changeUser(actor, other, { name: 'Renamed' });
    expect(await isIn(theirs)).toBe(true);
    await changeUser(actor, other, { role: 'auditor' });
    expect(await isIn(theirs)).toBe(false);
    await changeUser(actor, other, { disabled: true });
    expect((await signIn('other@example.org')).response.status).toBe(401);
    await changeUser(actor, other, { disabled: false, role: 'administrator' });
    await changeUser(cli, admin, { role: 'owner' });
    await expect(changeUser(cli, other, { disabled: true })).rejects.toThrow('nobody who administers');
    await expect(changeUser(cli, 'usr_missing', { name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await changeUser(cli, admin, { role: 'administrator' });
    const auditor = { ...actor, permissions: new Set<never>() };
    await expect(changeUser(auditor, other, { name: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(changeUser(outOfDate(actor), other, { name: 'x' })).rejects.toMatchObject({
      code: 'sign_in_again',
    });
  });

  it('are listed with search, filter, order and pages', async () => {
    const ask = (query: Record<string, string>) => listUsers(usersQuery.parse(query));
    const all = await ask({ sort: 'email' });
    expect(all.rows.map((row) => row.email)).toEqual([...all.rows.map((row) => row.email)].sort());
    expect((await ask({ q: 'NEW@' })).rows.map((row) => row.email)).toEqual(['new@example.org']);
    expect((await ask({ role: 'owner,auditor' })).rows.every((row) => row.role !== 'administrator')).toBe(
      true,
    );
    const states = await Promise.all(
      ['active', 'invited', 'disabled'].map(async (state) => (await ask({ state })).total),
    );
    expect(states.reduce((sum, n) => sum + n, 0)).toBe(all.total);
    expect(() => usersQuery.parse({ sort: 'password_hash' })).toThrow();
    expect(() => usersQuery.parse({ page: '1', x: '1' })).toThrow();
  });
});

describe('one’s own account', () => {
  it('shows one’s sessions and ends them, and never another’s', async () => {
    await makeUser('me@example.org', 'owner');
    await makeUser('you@example.org', 'owner');
    const [first, second, third, foreign] = [
      (await signIn('me@example.org')).jar,
      (await signIn('me@example.org')).jar,
      (await signIn('me@example.org')).jar,
      (await signIn('you@example.org')).jar,
    ];
    const me = await actorOf(first);
    const { sessions } = await getAccount(me);
    expect(sessions).toHaveLength(3);
    expect(sessions.filter((session) => session.isThisOne)).toHaveLength(1);
    await endOwnSession(me, (await actorOf(second)).sessionId ?? '');
    expect(await isIn(second)).toBe(false);
    await expect(endOwnSession(me, (await actorOf(foreign)).sessionId ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await endOtherSessions(me)).toEqual({ ended: 1 });
    expect([await isIn(first), await isIn(third), await isIn(foreign)]).toEqual([true, false, true]);
  });

  it('changes the password only with the present one, and ends every other session', async () => {
    await makeUser('pw@example.org', 'owner');
    const [here, elsewhere] = [(await signIn('pw@example.org')).jar, (await signIn('pw@example.org')).jar];
    const me = await actorOf(here);
    const password = 'copper meadow thursday';
    await expect(changeOwnPassword(me, { current: 'wrong', password })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    await expect(
      changeOwnPassword(me, { current: TEST_PASSWORD, password: 'password123456' }),
    ).rejects.toThrow('guesses');
    await changeOwnPassword(me, { current: TEST_PASSWORD, password });
    expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false]);
    expect((await signIn('pw@example.org')).response.status).toBe(401);
    expect((await signIn('pw@example.org', password)).response.status).toBe(200);
  });

  it('proves again who sits there, for what needs it', async () => {
    await makeUser('again@example.org', 'administrator');
    const { jar } = await signIn('again@example.org');
    await db().$executeRaw`UPDATE session SET authenticated_at = now() - interval '1 hour'`;
    const old = await actorOf(jar);
    const input = { name: 'CI', scopes: ['ingest.write'] as const, sourceIds: [], expiresInDays: 30 };
    expect(() => createToken(old, input)).toThrow('Confirm that it is you');
    await expect(confirmIdentity(old, 'wrong')).rejects.toMatchObject({ code: 'invalid_input' });
    await confirmIdentity(old, TEST_PASSWORD);
    expect((await createToken(await actorOf(jar), input)).token).toMatch(/^bwk_/);
  });
});

describe('teams', () => {
  it('give an owner the nodes of their teams and their own person node, and nothing else', async () => {
    const node = (id: number, key: string, kind: 'team' | 'person' | 'service') =>
      db().node.create({ data: { id, key, kind, name: key, standing: 'inventory', validFrom: new Date(0) } });
    await node(11, 'team:a', 'team');
    await node(12, 'team:b', 'team');
    await node(13, 'mailto:olga@example.org', 'person');
    await db().nodeAlias.create({ data: { alias: 'alias:a', nodeId: 12, sourceId: 's', runId: 1 } });
    const userId = await makeUser('olga@example.org', 'owner');
    const { jar } = await signIn('olga@example.org');
    expect((await actorOf(jar)).scope).toEqual({ kind: 'owned', ownerIds: [13] });
    const { id: teamId } = await createTeam(cli, { name: 'A', nodeKey: 'team:a' });
    await putTeamMember(cli, { teamId, userId }, true);
    const scope = async () => {
      const { scope } = await actorOf(jar);
      return scope.kind === 'owned' ? [...scope.ownerIds].sort() : [];
    };
    expect(await scope()).toEqual([11, 13]);
    const byAlias = await createTeam(cli, { name: 'B', nodeKey: 'alias:a' });
    await putTeamMember(cli, { teamId: byAlias.id, userId }, false);
    expect(await scope()).toEqual([11, 12, 13]);
    expect((await listTeams()).rows.find((team) => team.name === 'A')).toMatchObject({
      node: { id: 11, name: 'team:a', owned: 0 },
      members: [{ userId, lead: true }],
    });
    expect(await importTeams(cli)).toEqual({ teams: 1, members: 0 });
    expect(await importTeams(cli)).toEqual({ teams: 0, members: 0 });
  });
});

describe('API tokens', () => {
  const input = {
    name: 'Pipeline',
    scopes: ['ingest.write', 'source.read'] as const,
    sourceIds: [],
    expiresInDays: 90,
  };

  it('work until they are revoked, rotated or expired, and are stored only as a hash', async () => {
    const { id, token } = await createToken(cli, input);
    const actor = await bearer(token);
    expect(actor).toMatchObject({ kind: 'token', id, role: 'machine', name: 'Pipeline', sourceIds: null });
    expect([...actor.permissions].sort()).toEqual(['ingest.write', 'source.read']);
    const stored =
      JSON.stringify(await db().apiToken.findMany()) +
      JSON.stringify(await db().auditEvent.findMany({ select: { after: true } }));
    expect(stored).not.toContain(token.slice(10));
    const next = await rotateToken(cli, id);
    await expect(bearer(token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await bearer(next.token)).name).toBe('Pipeline');
    await revokeToken(cli, next.id);
    await expect(bearer(next.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(revokeToken(cli, next.id)).rejects.toMatchObject({ code: 'conflict' });
    const short = await createToken(cli, input);
    await db().$executeRaw`UPDATE api_token SET expires_at = now() WHERE id = ${short.id}`;
    await expect(bearer(short.token)).rejects.toMatchObject({ code: 'unauthenticated' });
    expect((await listTokens()).rows.map((row) => row.state)).toEqual(
      expect.arrayContaining(['expired', 'revoked']),
    );
  });

  it('live a year at most, name sources that exist, and hold nothing that their maker may not do', async () => {
    expect(() => createToken(cli, { ...input, expiresInDays: 366 })).toThrow('365');
    await expect(createToken(cli, { ...input, sourceIds: ['src_missing'] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const limited = { ...cli, permissions: new Set(['token.manage'] as const) };
    expect(() => createToken(limited, input)).toThrow('does not allow');
    expect(TOKEN_SCOPES.some((scope) => /manage|decide|approve/.test(scope))).toBe(false);
  });

  it('are refused in any other form, whatever the header says', async () => {
    const { token } = await createToken(cli, input);
    const mistyped = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const bad of [
      mistyped,
      makeToken(),
      '',
      'bwk_',
      `${token}x`,
      token.toLowerCase(),
      'x'.repeat(10_000),
    ])
      await expect(bearer(bad), bad.slice(0, 20)).rejects.toMatchObject({ code: 'unauthenticated' });
    for (const header of [
      'Basic YTpi',
      'Bearer',
      'Bearer  ',
      `bearer\t${token}x`,
      'Bearer %',
      `Token ${token}`,
    ]) {
      const request = new Request('http://localhost:3000/', { headers: { authorization: header } });
      await expect(authenticate(request, 'r', false), header).rejects.toMatchObject({
        code: 'unauthenticated',
      });
      expect((await authenticate(request, 'r', true)).kind).toBe('anonymous');
    }
    expect(isTokenForm(token)).toBe(true);
    expect(isTokenForm(mistyped)).toBe(false);
  });
});

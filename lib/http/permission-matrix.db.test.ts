import { beforeAll, describe, expect, it } from 'vitest';
import { makeUser, pageRequest, signIn } from '#lib/auth/test-sign-in.ts';
import { createToken, revokeToken } from '#lib/auth/tokens/change-tokens.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { PERMISSION_NAMES, ROLES, TOKEN_SCOPES, type Permission } from '#lib/authz/permissions.ts';
import { db } from '#lib/db/client.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { allDoors, type OpenDoor } from './test-doors.ts';

useTestDatabase();

type Principal = {
  name: string;
  headers: Record<string, string>;
  may: ReadonlySet<Permission>;
  isKnown: boolean;
};

const principals: Principal[] = [];
let routes: OpenDoor[] = [];
const cli = systemActor('cli', 'Command line');
/** Questions that are sent because they are too long for an address; they change nothing. */
const QUESTIONS = ['POST /api/v1/evidence/verify', 'POST /api/v1/graph/what-if'];
const NOTHING: ReadonlySet<Permission> = new Set();

async function addPerson(
  name: string,
  role: keyof typeof ROLES,
  may: ReadonlySet<Permission>,
  isKnown: boolean,
) {
  const id = await makeUser(`${name}@example.org`, role);
  const { jar } = await signIn(`${name}@example.org`);
  principals.push({ name, headers: { cookie: jar.header }, may, isKnown });
  return id;
}

beforeAll(async () => {
  routes = (await allDoors()).filter((door) => door.method !== 'page' && door.permission !== 'public');
  principals.push({ name: 'nobody', headers: {}, may: NOTHING, isKnown: false });
  for (const role of ['administrator', 'security', 'owner', 'auditor'] as const)
    await addPerson(role, role, new Set(ROLES[role].permissions), true);
  const disabled = await addPerson('disabled', 'administrator', NOTHING, false);
  await db().user.update({ where: { id: disabled }, data: { disabledAt: new Date() } });
  const expired = await addPerson('expired', 'administrator', NOTHING, false);
  await db().$executeRaw`UPDATE session SET expires_at = now() WHERE user_id = ${expired}`;
  for (const scope of TOKEN_SCOPES) {
    const { token } = await createToken(cli, {
      name: scope,
      scopes: [scope],
      sourceIds: [],
      expiresInDays: 1,
    });
    const headers = { authorization: `Bearer ${token}` };
    principals.push({ name: `token ${scope}`, headers, may: new Set([scope]), isKnown: true });
  }
  const gone = await createToken(cli, {
    name: 'gone',
    scopes: [...TOKEN_SCOPES],
    sourceIds: [],
    expiresInDays: 1,
  });
  await revokeToken(cli, gone.id);
  principals.push({
    name: 'revoked token',
    headers: { authorization: `Bearer ${gone.token}` },
    may: NOTHING,
    isKnown: false,
  });
});

/** Rows of every table but those that a refusal writes itself. */
async function rowCounts(): Promise<unknown> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = 'public' AND relname NOT IN ('rate_count', 'audit_event') ORDER BY 1`;
  const counts = [];
  for (const { name } of tables) {
    const [row] = await db().$queryRaw<{ n: number }[]>`
      SELECT (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM %I', ${name}::text), false, true, '')))[1]::text::int AS n`;
    counts.push([name, row?.n]);
  }
  return counts;
}

describe('the permission matrix', () => {
  it('refuses every principal at every route that is not theirs, changes nothing, and says nothing', async () => {
    const before = await rowCounts();
    let refused = 0;
    const traced: string[] = [];
    for (const { method, path, permission, handler } of routes) {
      for (const { name, headers, may, isKnown } of principals) {
        if (permission === undefined || permission === 'public' || may.has(permission)) continue;
        const request = pageRequest(path, { method, headers, ...(method === 'GET' ? {} : { body: {} }) });
        const response = await handler(request, { params: Promise.resolve({}) });
        expect(response.status, `${name}: ${method} ${path}`).toBe(isKnown ? 403 : 401);
        const body = (await response.json()) as Record<string, unknown>;
        expect(Object.keys(body).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
        if (isKnown) traced.push(String(body['requestId']));
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(routes.length * 5);
    const traces = { action: 'access.refuse', requestId: { in: traced } };
    expect(await db().auditEvent.count({ where: traces })).toBe(traced.length);
    expect(await rowCounts()).toEqual(before);
  });

  it('gives the auditor no permission that changes anything, and the machine none that decides', () => {
    const changing = PERMISSION_NAMES.filter((name) => !name.endsWith('.read') && name !== 'account.own');
    expect(ROLES.auditor.permissions.filter((name) => changing.includes(name))).toEqual([]);
    const readers = routes.filter((door) => door.method === 'GET').map((door) => door.permission);
    const writers = routes.filter((door) => door.method !== 'GET');
    expect(readers.length).toBeGreaterThan(10);
    for (const { method, path, permission } of writers) {
      if (QUESTIONS.includes(`${method} ${path}`)) continue;
      expect(
        permission?.endsWith('.read'),
        `${method} ${path} changes something under a permission to read`,
      ).toBe(false);
    }
    expect(TOKEN_SCOPES.filter((scope) => /decide|manage|approve|execute/.test(scope))).toEqual([]);
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { permissionsDocument, type Door } from '#lib/authz/document.ts';
import { PERMISSIONS } from '#lib/authz/permissions.ts';
import { allDoors, doorsOf, ROOT, ROUTE_FILES } from './test-doors.ts';

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Everything that answers without a sign-in. A new entry is a decision that deserves a second look. */
const PUBLIC = [
  'GET /api/auth/[...nextauth]',
  'GET /api/health',
  'POST /api/auth/[...nextauth]',
  'POST /api/auth/invitation',
  'POST /api/auth/setup',
  'page /setup',
  'page /sign-in',
  'page /sign-in/invitation',
  'page /sign-out',
];

describe('every route and page', () => {
  it('is found', () => {
    expect(ROUTE_FILES.length).toBeGreaterThan(9);
  });

  it.each(ROUTE_FILES)('%s goes through the gate with a permission that exists', async (file) => {
    const doors = await doorsOf(file);
    expect(doors.length).toBeGreaterThan(0);
    for (const { method, permission } of doors) {
      expect(file.endsWith('page.tsx') ? method === 'page' : METHODS.has(method), method).toBe(true);
      expect([...Object.keys(PERMISSIONS), 'public'], `${method} has no gate`).toContain(permission);
    }
  });

  it('asks for a sign-in unless it is listed here', async () => {
    const open = (await allDoors()).filter((door) => door.permission === 'public');
    expect(open.map((door) => `${door.method} ${door.path}`).sort()).toEqual(PUBLIC);
  });

  it('stands in docs/permissions.md', async () => {
    const doors = (await allDoors()).filter(
      (door): door is typeof door & Door => door.permission !== undefined,
    );
    const file = path.join(ROOT, 'docs', 'permissions.md');
    await expect(permissionsDocument(doors)).toMatchFileSnapshot(file);
  });
});

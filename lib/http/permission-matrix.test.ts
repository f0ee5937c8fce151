import path from 'node:path';
import { expect, it } from 'vitest';
import { ROLES, TOKEN_SCOPES, type Permission } from '#lib/authz/permissions.ts';
import { API, matrixDocument, methodsOf, type Access } from '../../e2e/permission-matrix.ts';
import { declaredRoutes } from './test-routes.ts';

const ROLE_NAMES = ['administrator', 'security', 'owner', 'auditor'] as const;

function accessOf(permission: Permission | 'public'): Access {
  if (permission === 'public') return 'public';
  return {
    roles: ROLE_NAMES.filter((role) => ROLES[role].permissions.includes(permission)),
    scopes: TOKEN_SCOPES.filter((scope) => scope === permission),
  };
}

it('the permission matrix and the routes’ declarations say the same', async () => {
  const declared = (await declaredRoutes()).map(
    ({ path: address, method, declaration }) =>
      [`${method} ${address}`, accessOf(declaration.permission)] as const,
  );
  const written = API.flatMap((row) =>
    methodsOf(row).map(([method, access]) => [`${method} ${row.path}`, access] as const),
  );
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(declared));
});

it('docs/permission-matrix.md is the permission matrix', async () => {
  await expect(matrixDocument()).toMatchFileSnapshot(
    path.resolve(import.meta.dirname, '../../docs/permission-matrix.md'),
  );
});

import { PERMISSION_NAMES, PERMISSIONS, ROLES, TOKEN_SCOPES, type Permission } from './permissions.ts';

/** A door of the product: a method of a route, or a page, and what it asks for. */
export type Door = { path: string; method: string; permission: Permission | 'public' };

/** docs/permissions.md: the table of permissions and every door, in words. A test keeps the file equal to this. */
export function permissionsDocument(doors: readonly Door[]): string {
  const roles = Object.values(ROLES);
  const titles = roles.map((role) => role.title);
  return `# Permissions

Written from \`lib/authz/permissions.ts\` and the routes by a test; change those. The same table stands on the page
Settings → Permissions, and the server decides by it.

A role says what may be done; rows come on top: a service owner sees and decides only what the nodes of their teams own
(and their own person node), and of what that reaches only name, kind, owner and sensitivity. What one may not see
answers exactly like what does not exist. The auditor reads everything and changes nothing.

| permission | means | ${titles.join(' | ')} | API token |
|---|---|${titles.map(() => '---|').join('')}---|
${PERMISSION_NAMES.map(permissionRow).join('\n')}

An API token has only the scopes that it was given, for at most a year, and for its sources when it names some. It can
neither decide nor approve nor manage anything.

A change of a role, a key or an approval needs a proof of identity of the last 15 minutes; otherwise the answer is 403
with the code \`sign_in_again\`.

## Doors

Every route and page there is, and what it asks for. \`public\` needs no sign-in.

| method | path | permission |
|---|---|---|
${doors.map(({ method, path, permission }) => `| ${method} | \`${path}\` | ${permission === 'public' ? '**public**' : `\`${permission}\``} |`).join('\n')}
`;
}

function permissionRow(name: Permission): string {
  const mark = (isGiven: boolean) => (isGiven ? 'yes' : '');
  const given = Object.values(ROLES).map((role) => mark(role.permissions.includes(name)));
  const isScope = (TOKEN_SCOPES as readonly Permission[]).includes(name);
  return `| \`${name}\` | ${PERMISSIONS[name]} | ${given.join(' | ')} | ${mark(isScope)} |`;
}

import type { Mention } from '../logged-use.ts';
import { at, field, id, objects, requiredId, text } from '../read-value.ts';
import { api, tenantResource } from './directory.ts';
import type { Directory } from './directory-state.ts';
import { PERMISSIONS_REFERENCE, permissionLevel, TAKEOVER_PERMISSIONS } from './permissions.ts';

type Grant = {
  principal: string;
  resource: string | undefined;
  resourceName: string | undefined;
  role: string;
  name: string | undefined;
};

export function readAppRoleAssignment(directory: Directory, value: Record<string, unknown>): void {
  const grant: Grant = {
    principal: requiredId(field(value, 'principalId'), 'principalId'),
    resource: id(field(value, 'resourceId'), 'resourceId'),
    resourceName: id(field(value, 'resourceDisplayName'), 'resourceDisplayName'),
    role: requiredId(field(value, 'appRoleId'), 'appRoleId').toLowerCase(),
    name: id(field(value, 'roleDisplayName'), 'roleDisplayName'),
  };
  directory.defer(() => {
    const name =
      grant.name ??
      directory.roleNames.get(grant.role) ??
      (/^[0-]+$/.test(grant.role) ? 'default access' : grant.role);
    writePermission(
      directory,
      directory.resolve(grant.principal),
      api(directory.tenant, grant.resource, grant.resourceName),
      name,
      {},
    );
  });
}

export function readPermissionGrant(directory: Directory, value: Record<string, unknown>): void {
  const client = requiredId(field(value, 'clientId'), 'clientId');
  const resource = id(field(value, 'resourceId'), 'resourceId');
  const onlyFor = id(field(value, 'principalId'), 'principalId');
  const scopes = (text(field(value, 'scope'), 2000) ?? '')
    .split(/\s+/)
    .filter((scope) => scope !== '')
    .slice(0, 200);
  directory.defer(() => {
    const identity = directory.resolve(client);
    const note = onlyFor === undefined ? 'for any user of the tenant' : 'for one user';
    for (const scope of scopes) {
      writePermission(directory, identity, api(directory.tenant, resource, undefined), scope.slice(0, 200), {
        delegated: note,
      });
    }
    if (onlyFor === undefined) return;
    const behalf = directory.resolve(onlyFor);
    directory.sink.node({ ...identity, standing: 'reference' });
    directory.sink.node({ ...behalf, standing: 'reference' });
    const qualifier = `delegated: ${scopes.join(' ')}`.slice(0, 400);
    directory.sink.edge(
      { from: identity.key, kind: 'assumes', to: behalf.key, qualifier, conditional: true },
      directory.scope,
    );
  });
}

/** A permission on an API; one used on behalf of a user is conditional on the user's presence and own rights. */
export function writePermission(
  directory: Directory,
  principal: Mention,
  resource: Mention,
  name: string,
  of: { delegated?: string },
): void {
  directory.sink.node({ ...principal, standing: 'reference' });
  directory.sink.node({ ...resource, standing: 'reference' });
  directory.sink.edge(
    {
      from: principal.key,
      kind: 'grants',
      to: resource.key,
      level: permissionLevel(name),
      qualifier: of.delegated === undefined ? name : `${name} (delegated)`,
      ...(of.delegated === undefined
        ? {}
        : { conditional: true, props: { condition: `on behalf of a user, ${of.delegated}` } }),
    },
    directory.scope,
  );
  const how = TAKEOVER_PERMISSIONS.get(name);
  if (how === undefined || of.delegated !== undefined) return;
  const tenant = tenantResource(directory.tenant);
  directory.sink.node({ ...tenant, standing: 'reference' });
  const props = { technique: `entra-${name}`, reference: PERMISSIONS_REFERENCE };
  directory.sink.edge(
    { from: principal.key, kind: 'grants', to: tenant.key, level: 'admin', qualifier: how, props },
    directory.scope,
  );
}

export function readPermissionNames(directory: Directory, value: Record<string, unknown>): void {
  for (const one of Object.values(value))
    for (const role of objects(at(one, 'appRoles'))) directory.learn(role);
}

import { entraKey } from '#lib/core/keys.ts';
import type { Mention } from '../logged-use.ts';
import { field, id, objects, requiredId, text } from '../read-value.ts';
import { isoTime } from '../time.ts';
import { readCredentials, readFederations } from './credentials.ts';
import { appAliases, located, servicePrincipal } from './directory.ts';
import type { Directory } from './directory-state.ts';
import { ownersOf, writeOwners, writeProofs } from './write-proofs.ts';

export function readApplication(directory: Directory, value: Record<string, unknown>): void {
  const objectId = requiredId(field(value, 'id'), 'id');
  const appId = requiredId(field(value, 'appId'), 'appId');
  const name = text(field(value, 'displayName'), 200) ?? appId;
  const created = isoTime(field(value, 'createdDateTime'));
  const key = entraKey(directory.tenant, 'applications', objectId);
  directory.sink.node(
    {
      key,
      kind: 'resource',
      standing: 'inventory',
      type: 'application',
      name,
      ...located(directory.tenant),
      ...(created === null ? {} : { createdAt: created }),
      props: {
        appId,
        multiTenant: /multiple/i.test(text(field(value, 'signInAudience')) ?? ''),
        requestedPermissions: requested(value),
      },
    },
    directory.scope,
  );
  const credentials = readCredentials(directory.tenant, appId, value);
  const federations = readFederations(value);
  const owners = ownersOf(directory, value);
  directory.defer(() => {
    const identity = directory.identityOf(appId, name);
    directory.sink.edge(
      { from: key, kind: 'hosts', to: identity.key, qualifier: 'may add a credential' },
      directory.scope,
    );
    writeProofs(directory, identity, credentials, federations);
    writeOwners(directory, owners, [key, identity.key], identity);
  });
}

export function readServicePrincipal(directory: Directory, value: Record<string, unknown>): void {
  const objectId = requiredId(field(value, 'id'), 'id');
  const appId = id(field(value, 'appId'), 'appId') ?? objectId;
  const identity = statePrincipal(directory, objectId, value);
  for (const one of objects(field(value, 'appRoles'))) directory.learn(one);
  for (const one of objects(field(value, 'oauth2PermissionScopes'))) directory.learn(one);
  const credentials = readCredentials(directory.tenant, appId, value);
  const federations = readFederations(value);
  const owners = ownersOf(directory, value);
  directory.defer(() => {
    writeProofs(directory, identity, credentials, federations);
    writeOwners(directory, owners, [identity.key], identity);
  });
}

export function statePrincipal(
  directory: Directory,
  objectId: string,
  value: Record<string, unknown>,
): Mention {
  const appId = id(field(value, 'appId'), 'appId');
  const owner = id(field(value, 'appOwnerOrganizationId'), 'appOwnerOrganizationId')?.toLowerCase();
  const isManaged = /^managedidentity$/i.test(text(field(value, 'servicePrincipalType')) ?? '');
  const isForeign = owner !== undefined && directory.tenant !== 'default' && owner !== directory.tenant;
  const created = isoTime(field(value, 'createdDateTime'));
  const found: Mention = {
    ...servicePrincipal(directory.tenant, objectId, text(field(value, 'displayName'), 200)),
    ...(isForeign ? { kind: 'integration' as const, zone: `entra:${owner}` } : {}),
    ...(isManaged ? { type: 'managed_identity' } : {}),
    ...(created === null ? {} : { createdAt: created }),
    props: {
      ...(appId === undefined ? {} : { appId }),
      ...(owner === undefined ? {} : { ownerTenant: owner }),
    },
  };
  directory.know(objectId, found);
  if (appId === undefined) return found;
  directory.knowApp(appId, found);
  for (const alias of appAliases(directory.tenant, appId)) directory.sink.alias({ alias, key: found.key });
  return found;
}

/** How many permissions an application asks for (`requiredResourceAccess`), which says nothing of what it has. */
function requested(value: Record<string, unknown>): number {
  return objects(field(value, 'requiredResourceAccess')).reduce(
    (sum, one) => sum + objects(field(one, 'resourceAccess')).length,
    0,
  );
}

import { entraAppKey, entraKey, personKey } from '#lib/core/keys.ts';
import type { NodeFact } from '../facts.ts';
import type { Mention } from '../logged-use.ts';

const tenantKey = (tenant: string): string => `entra://${tenant}`;

export const located = (tenant: string): Pick<NodeFact, 'provider' | 'tenant' | 'zone'> => ({
  provider: 'entra',
  tenant,
  zone: `entra:${tenant}`,
});

export function tenantResource(tenant: string): Mention {
  return { key: tenantKey(tenant), kind: 'resource', type: 'tenant', name: tenant, ...located(tenant) };
}

/** The instance of an application in one tenant: what holds permissions and signs in. */
export function servicePrincipal(tenant: string, objectId: string, name?: string): Mention {
  return {
    key: entraKey(tenant, 'servicePrincipals', objectId),
    kind: 'service_account',
    type: 'service_principal',
    name: name ?? objectId,
    ...located(tenant),
  };
}

/** An application that is known by its client id alone; a service principal of it states this key as its alias. */
export function appIdentity(tenant: string, appId: string, name?: string): Mention {
  return {
    key: entraKey(tenant, 'apps', appId),
    kind: 'service_account',
    type: 'service_principal',
    name: name ?? appId,
    ...located(tenant),
  };
}

export const appAliases = (tenant: string, appId: string): string[] => [
  entraKey(tenant, 'apps', appId),
  entraAppKey(appId),
];

/** A user: the object is the key, since a principal name changes; the name makes the person known to other sources. */
export function user(
  tenant: string,
  objectId: string | undefined,
  principalName?: string,
): Mention | undefined {
  if (objectId === undefined) {
    if (principalName === undefined) return undefined;
    return { key: personKey(principalName), kind: 'person', name: principalName };
  }
  return {
    key: entraKey(tenant, 'users', objectId),
    kind: 'person',
    type: 'user',
    name: principalName ?? objectId,
    ...located(tenant),
  };
}

/** A principal of unknown type: kept, and said to be unresolved. */
export function unresolved(tenant: string, objectId: string): Mention {
  return {
    key: entraKey(tenant, 'directoryObjects', objectId),
    kind: 'service_account',
    type: 'unresolved_principal',
    name: objectId,
    ...located(tenant),
  };
}

/** The service that a permission is for: by its id, else by the name that is all an export gives. */
export function api(tenant: string, resourceId: string | undefined, name: string | undefined): Mention {
  const key =
    resourceId === undefined
      ? `${tenantKey(tenant)}/apis/name:${(name ?? 'unknown').toLowerCase()}`
      : entraKey(tenant, 'apis', resourceId);
  return { key, kind: 'resource', type: 'api', name: name ?? resourceId ?? 'unknown', ...located(tenant) };
}

export type CredentialType = 'certificate' | 'client_secret';

/** A credential of an application by its key id, which sign-ins name beside the client id. */
export function credentialKey(tenant: string, appId: string, type: CredentialType, keyId: string): string {
  const place = type === 'certificate' ? 'certificates' : 'secrets';
  return `${entraKey(tenant, 'apps', appId)}/${place}/${keyId.toLowerCase()}`;
}

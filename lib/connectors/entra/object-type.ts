import { isObject } from '#lib/core/json.ts';
import { at, field } from '../read-value.ts';

export type ObjectType =
  | 'application'
  | 'servicePrincipal'
  | 'appRoleAssignment'
  | 'permissionGrant'
  | 'roleAssignment'
  | 'role'
  | 'user'
  | 'group'
  | 'riskyApplication'
  | 'hybridApplications'
  | 'permissionNames'
  | 'posture';

const BY_NAME = new Map<string, ObjectType>([
  ['#microsoft.graph.application', 'application'],
  ['#microsoft.graph.serviceprincipal', 'servicePrincipal'],
  ['#microsoft.graph.approleassignment', 'appRoleAssignment'],
  ['#microsoft.graph.oauth2permissiongrant', 'permissionGrant'],
  ['#microsoft.graph.unifiedroleassignment', 'roleAssignment'],
  ['#microsoft.graph.user', 'user'],
  ['#microsoft.graph.group', 'group'],
  ['privileged_roles', 'role'],
  ['risky_applications', 'riskyApplication'],
  ['risky_third_party_service_principals', 'riskyApplication'],
  ['dedicated_exchange_hybrid_applications', 'hybridApplications'],
]);

/** Type of a Graph object: as it says itself, as the list says that it stands in, or by fields that no other type has. */
export function objectType(value: Record<string, unknown>, list: string | null): ObjectType | null {
  const stated = field(value, '@odata.type') ?? list;
  const named = typeof stated === 'string' ? BY_NAME.get(stated.toLowerCase()) : undefined;
  if (named !== undefined) return named;
  const has = (...names: string[]): boolean => names.every((name) => field(value, name) !== undefined);
  if (has('privileged_roles') || has('risky_applications')) return 'posture';
  if (has('principalId', 'appRoleId')) return 'appRoleAssignment';
  if (has('clientId', 'consentType', 'scope')) return 'permissionGrant';
  if (has('principalId', 'roleDefinitionId')) return 'roleAssignment';
  if (has('roleTemplateId', 'assignments')) return 'role';
  if (has('appId', 'id')) {
    if (has('requiredResourceAccess') || has('identifierUris') || has('publisherDomain'))
      return 'application';
    if (has('servicePrincipalType') || has('appOwnerOrganizationId') || has('keyCredentials'))
      return 'servicePrincipal';
  }
  if (has('userPrincipalName', 'id')) return 'user';
  if (has('id', 'displayName') && (has('groupTypes') || has('securityEnabled'))) return 'group';
  const first = Object.values(value)[0];
  return isObject(first) && Array.isArray(at(first, 'appRoles')) ? 'permissionNames' : null;
}

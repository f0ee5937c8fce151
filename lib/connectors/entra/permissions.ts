import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';

/** Application permissions that make their holder administrator of the tenant, with why. */
export const TAKEOVER_PERMISSIONS: ReadonlyMap<string, string> = new Map([
  ['RoleManagement.ReadWrite.Directory', 'give itself any directory role'],
  ['AppRoleAssignment.ReadWrite.All', 'give itself any application permission'],
  ['Application.ReadWrite.All', 'add a secret to an application that administers the tenant'],
  ['Directory.ReadWrite.All', 'add members to groups that hold roles'],
]);

export const PERMISSIONS_REFERENCE = 'https://learn.microsoft.com/graph/permissions-reference';

/** Access level that a Microsoft Graph permission name states. */
export function permissionLevel(name: string): AccessLevel {
  if (
    /FullControl|AccessAsUser|full_access|RoleManagement\.ReadWrite|AppRoleAssignment\.ReadWrite|user_impersonation/i.test(
      name,
    )
  ) {
    return 'admin';
  }
  if (/write|send|create|manage|delete|invite|import/i.test(name)) return 'write';
  return /read|list|view/i.test(name) ? 'read' : 'use';
}

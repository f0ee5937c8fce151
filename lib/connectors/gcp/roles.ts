import type { AccessLevel } from '#lib/ontology/edge-kinds.ts';

/** Roles that let their member become the service account they are granted on, each with how. */
export const IMPERSONATION_ROLES: ReadonlyMap<string, string> = new Map([
  ['roles/iam.serviceAccountTokenCreator', 'create tokens for the service account'],
  ['roles/iam.serviceAccountOpenIdTokenCreator', 'create identity tokens for the service account'],
  ['roles/iam.workloadIdentityUser', 'exchange a workload token for the service account'],
  ['roles/iam.serviceAccountKeyAdmin', 'create a key for the service account'],
  ['roles/iam.serviceAccountUser', 'attach the service account to a workload'],
  ['roles/iam.serviceAccountAdmin', 'grant itself the use of the service account'],
]);

/** On a project, the editor role includes acting as its service accounts too. */
export const PROJECT_IMPERSONATION_ROLES: ReadonlyMap<string, string> = new Map([
  ...IMPERSONATION_ROLES,
  ['roles/editor', 'attach the service account to a workload'],
]);

export const IMPERSONATION_REFERENCE = 'https://cloud.google.com/iam/docs/service-account-permissions';

const LEVELS: readonly [RegExp, AccessLevel][] = [
  [/(?:^roles\/owner$|admin|owner|securityReviewer$)/i, 'admin'],
  [/(?:^roles\/editor$|editor|writer|creator|developer|publisher|builder|keyadmin|manager)/i, 'write'],
  [/(?:^roles\/viewer$|viewer|reader|browser|subscriber|secretAccessor)/i, 'read'],
];

/** Access level that the name of a role suggests; the list of its permissions is not in a policy. */
export function roleLevel(role: string): AccessLevel {
  if (/securityReviewer$/.test(role)) return 'read';
  return LEVELS.find(([pattern]) => pattern.test(role))?.[1] ?? 'use';
}

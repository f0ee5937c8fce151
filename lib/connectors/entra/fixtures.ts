import { CANARY } from '../canary.ts';

const id = (last: number): string => `00000000-0000-0000-0000-0000000000${String(last).padStart(2, '0')}`;

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    id: id(1),
    appId: id(11),
    displayName: 'Billing',
    signInAudience: 'AzureADMultipleOrgs',
    requiredResourceAccess: [{ resourceAppId: id(99), resourceAccess: [{ id: id(98), type: 'Role' }] }],
    keyCredentials: [
      {
        keyId: id(2),
        displayName: 'cert',
        startDateTime: '2025-01-01T00:00:00Z',
        endDateTime: '/Date(1800000000000)/',
        key: CANARY,
      },
    ],
    passwordCredentials: [
      { keyId: id(3), hint: 'abc', secretText: CANARY, endDateTime: '2026-01-01T00:00:00Z' },
    ],
    owners: [{ id: id(4), userPrincipalName: 'ann@example.com' }],
  },
  {
    id: id(5),
    appId: id(11),
    displayName: 'Billing',
    servicePrincipalType: 'Application',
    appOwnerOrganizationId: id(50),
    federatedIdentityCredentials: [
      {
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:acme/shop:pull_request',
        audiences: ['api://x\r\n'],
      },
    ],
    appRoles: [],
  },
  {
    id: id(6),
    appId: id(12),
    servicePrincipalType: 'ManagedIdentity',
    appRoles: [{ id: id(98), value: 'Application.ReadWrite.All' }],
  },
  { principalId: id(5), resourceId: id(6), appRoleId: id(98) },
  {
    clientId: id(5),
    consentType: 'Principal',
    principalId: id(4),
    resourceId: id(6),
    scope: 'Mail.Read Mail.Send',
  },
  { clientId: id(6), consentType: 'AllPrincipals', resourceId: id(6), scope: 'User.Read' },
  {
    roleTemplateId: id(70),
    displayName: 'User Administrator',
    assignments: { principalId: id(5), directoryScopeId: '/', endDateTime: null },
  },
  { '@odata.type': '#microsoft.graph.group', id: id(7), displayName: 'Ops', members: [{ id: id(4) }] },
  {
    '@odata.type': '#microsoft.graph.user',
    id: id(4),
    displayName: 'Ann',
    userPrincipalName: 'ann@example.com',
  },
];

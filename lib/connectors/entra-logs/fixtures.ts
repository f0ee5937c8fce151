import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    time: '2025-01-01T00:00:00Z',
    resourceId: '/tenants/t1/providers/Microsoft.aadiam',
    operationname: 'Sign-in activity',
    category: 'ServicePrincipalSignInLogs',
    tenantId: 't1',
    resultType: 7000215,
    properties: {
      id: 'e-1',
      appId: 'a-1',
      servicePrincipalId: 's-1',
      servicePrincipalName: 'Billing',
      servicePrincipalCredentialKeyId: 'k-1',
      clientCredentialType: 'clientSecret',
      resourceId: 'r-1',
      resourceDisplayName: 'Graph',
      ipAddress: '10.0.0.1',
      uniqueTokenIdentifier: 'tok-1',
    },
  },
  {
    time: '2025-01-01T00:00:00Z',
    operationName: 'Sign-in activity',
    resultType: '0',
    correlationId: 'c-1',
    properties: {
      userId: 'u-1',
      userPrincipalName: 'ann@example.com',
      appId: 'a-1',
      appDisplayName: 'Portal',
      resourceDisplayName: 'Graph',
    },
  },
  {
    time: '2025-01-01T00:00:00Z',
    operationName: 'Add service principal credentials',
    correlationId: 'c-2',
    properties: {
      activityDisplayName: 'Add service principal credentials',
      result: 'success',
      initiatedBy: { user: { id: 'u-1', userPrincipalName: 'ann@example.com', ipAddress: '10.0.0.2' } },
      targetResources: [
        {
          id: 's-1',
          type: 'ServicePrincipal',
          displayName: 'Billing',
          modifiedProperties: [{ newValue: CANARY }],
        },
      ],
      additionalDetails: [{ key: 'token', value: CANARY }],
    },
  },
];

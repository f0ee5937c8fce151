import { CANARY } from '../canary.ts';

const SA = 'deploy@shop.iam.gserviceaccount.com';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    insertid: 'i-1',
    logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Factivity',
    timestamp: '2025-01-01T00:00:00.123456789Z',
    resource: { type: 'project', labels: { project_id: 'shop' } },
    protoPayload: {
      serviceName: 'cloudresourcemanager.googleapis.com',
      methodName: 'SetIamPolicy',
      resourceName: 'projects/shop',
      authenticationInfo: {
        principalEmail: SA,
        serviceAccountKeyName: `//iam.googleapis.com/projects/shop/serviceAccounts/${SA}/keys/abc`,
        serviceAccountDelegationInfo: [{ firstPartyPrincipal: { principalEmail: 'ann@example.com' } }],
      },
      authorizationInfo: [{ granted: true, permission: 'x' }],
      requestMetadata: { callerIP: '10.0.0.1', callerSuppliedUserAgent: 'gcloud' },
      request: { token: CANARY },
      response: { accessToken: CANARY },
      serviceData: {
        policyDelta: {
          bindingDeltas: [{ action: 'ADD', role: 'roles/owner', member: 'user:bob@example.com' }],
        },
      },
      status: {},
    },
  },
];

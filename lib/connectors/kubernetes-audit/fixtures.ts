import { CANARY } from '../canary.ts';

const EVENT = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  verb: 'create',
  user: {
    username: 'system:serviceaccount:shop:app',
    extra: { accessKeyId: ['AKIAEXAMPLE'], arn: ['arn:aws:iam::111122223333:user/x'] },
  },
  impersonatedUser: { username: 'ops@example.com' },
  objectRef: { resource: 'serviceaccounts', namespace: 'shop', name: 'app', subresource: 'token' },
  sourceIPs: ['10.0.0.1'],
  userAgent: 'kubectl',
  requestObject: { data: { password: CANARY } },
  responseObject: { status: { token: CANARY } },
  responseStatus: { code: 201, message: CANARY },
  annotations: {
    'authorization.k8s.io/reason': 'RBAC: allowed by ClusterRoleBinding "b" of ClusterRole "r" to User "x"',
  },
  requestReceivedTimestamp: '2025-01-01T00:00:00Z',
};

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  EVENT,
  { resourceId: '/A/B', properties: { log: JSON.stringify(EVENT) } },
  {
    insertId: 'g',
    timestamp: '2025-01-01T00:00:00Z',
    resource: { labels: { cluster_name: 'c' } },
    protoPayload: {
      methodName: 'io.k8s.core.v1.pods.create',
      resourceName: 'core/v1/namespaces/shop/pods/x',
      authenticationInfo: { principalEmail: 'a@example.com' },
      request: { token: CANARY },
    },
  },
];

import { CANARY } from '../canary.ts';

const RBAC = 'rbac.authorization.k8s.io/v1';
const inShop = (name: string, more: object = {}) => ({ name, namespace: 'shop', ...more });

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    apiVersion: RBAC,
    kind: 'ClusterRole',
    metadata: { name: 'r', labels: { agg: 'yes' } },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { agg: 'yes' } }] },
    rules: [
      {
        apiGroups: ['', 'apps'],
        resources: ['secrets', 'pods/exec', '*'],
        verbs: ['get', 'create'],
        resourceNames: ['a'],
      },
      { nonResourceURLs: ['/metrics'], verbs: ['get'] },
    ],
  },
  {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: inShop('b'),
    roleRef: { kind: 'ClusterRole', name: 'r' },
    subjects: [
      { kind: 'ServiceAccount', name: 'app' },
      { kind: 'User', name: 'ops@example.com' },
      { kind: 'Group', name: 'system:authenticated' },
    ],
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: inShop('app', {
      creationTimestamp: '2025-01-01T00:00:00Z',
      annotations: {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/app',
        owner: 'shop',
        token: CANARY,
      },
    }),
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'kubernetes.io/service-account-token',
    metadata: inShop('t', { annotations: { 'kubernetes.io/service-account.name': 'app' } }),
    data: { token: CANARY },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: inShop('web', { ownerReferences: [{ kind: 'X', name: 'y', controller: true }] }),
    spec: {
      template: {
        spec: {
          serviceAccountName: 'app',
          volumes: [{ secret: { secretName: 't' } }],
          containers: [{ image: 'web:1', env: [{ name: 'PASSWORD', value: CANARY }] }],
        },
      },
    },
  },
];

import { CANARY } from '../canary.ts';

const SA = 'deploy@shop.iam.gserviceaccount.com';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    role: 'roles/editor',
    members: [
      `serviceAccount:${SA}`,
      'user:ann@example.com',
      'allUsers',
      'principalSet://iam/x',
      'deleted:user:x?uid=1',
    ],
  },
  {
    role: 'roles/storage.objectViewer',
    members: ['group:ops@example.com'],
    condition: { title: 'office', expression: 'x' },
  },
  {
    name: `//iam.googleapis.com/projects/shop/serviceAccounts/1`,
    asset_type: 'iam.googleapis.com/ServiceAccount',
    resource: { data: { email: SA, displayName: 'Deploy' } },
    iam_policy: {
      bindings: [{ role: 'roles/iam.serviceAccountTokenCreator', members: ['user:bob@example.com'] }],
    },
  },
  {
    name: '//cloudresourcemanager.googleapis.com/projects/shop',
    assetType: 'cloudresourcemanager.googleapis.com/Project',
    iamPolicy: { bindings: [{ role: 'roles/owner', members: ['user:cy@example.com'] }] },
  },
  { email: 'other@shop.iam.gserviceaccount.com', projectId: 'shop', disabled: true },
  ['shop@appspot.gserviceaccount.com', ''],
  {
    name: `projects/shop/serviceAccounts/${SA}/keys/abc`,
    keyType: 'USER_MANAGED',
    validAfterTime: '2025-01-01T00:00:00Z',
    validBeforeTime: '9999-12-31T23:59:59Z',
    privateKeyData: CANARY,
  },
  {
    name: 'projects/shop/locations/x/functions/f',
    serviceAccountEmail: SA,
    labels: { a: 'b' },
    environmentVariables: { PASSWORD: CANARY },
  },
];

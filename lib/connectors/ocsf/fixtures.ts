import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    class_uid: 6003,
    time: 1735689600000,
    status_id: 1,
    metadata: { uid: 'm-1', version: '1.5.0', product: { vendor_name: 'AWS' } },
    cloud: { provider: 'AWS', account: { uid: '111122223333' } },
    actor: {
      session: { issuer: 'arn:aws:iam::111122223333:role/path/Admin' },
      user: { uid: 'arn:aws:sts::111122223333:assumed-role/Admin/x', credential_uid: 'ASIAX' },
    },
    api: {
      operation: 'GetSecretValue',
      service: { name: 'secretsmanager.amazonaws.com' },
      request: { data: CANARY, uid: 'r-1' },
    },
    resources: [{ uid: 'arn:aws:secretsmanager:x:1:secret:y', type: 'secret' }],
    src_endpoint: { ip: '10.0.0.1' },
    unmapped: { token: CANARY },
  },
  {
    class_uid: 3002,
    time: 1735689600,
    status: 'Failure',
    metadata: { product: { vendor_name: 'Okta' } },
    user: { email_addr: 'ann@example.com', uid: 'u' },
    service: { name: 'portal' },
  },
  {
    class_uid: 6003,
    time: 1,
    time_dt: '2025-01-01T00:00:00Z',
    metadata: { product: { vendor_name: 'GitHub' } },
    actor: { user: { name: 'ann' } },
    api: { operation: 'git.push' },
    resources: [{ name: 'acme/shop' }],
  },
];

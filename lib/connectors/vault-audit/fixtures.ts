import { CANARY } from '../canary.ts';

const REQUEST = {
  id: 'r-1',
  operation: 'read',
  path: 'secret/data/db',
  mount_point: 'secret/',
  mount_type: 'kv',
  remote_address: '10.0.0.1',
  client_token: CANARY,
  data: { password: CANARY },
};
const AUTH = {
  accessor: 'acc-1',
  client_token: CANARY,
  display_name: 'jwt-shop',
  entity_id: 'e-1',
  metadata: { role: 'shop' },
  policies: ['default', 'shop'],
};

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  { time: '2025-01-01T00:00:00.123456789Z', type: 'request', auth: AUTH, request: REQUEST },
  {
    time: '2025-01-01T00:00:01Z',
    type: 'response',
    auth: {
      ...AUTH,
      policy_results: { allowed: true, granting_policies: [{ type: '' }, { name: 'shop', type: 'acl' }] },
    },
    request: REQUEST,
    response: { data: { password: CANARY }, secret: { lease_id: 'lease-1' } },
  },
  {
    time: '2025-01-01T00:00:02Z',
    type: 'response',
    request: {
      id: '****',
      operation: 'update',
      path: 'auth/jwt/login',
      mount_type: 'jwt',
      mount_point: 'auth/jwt/',
      data: { jwt: CANARY },
    },
    response: { auth: { ...AUTH, accessor: 'acc-2' } },
  },
];

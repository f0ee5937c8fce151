import { CANARY } from '../canary.ts';

const USER = { id: '00u1', type: 'User', alternateId: 'ann@example.com', displayName: 'Ann' };

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    uuid: 'o-1',
    published: '2025-01-01T00:00:00.123Z',
    eventType: 'system.api_token.create',
    actor: USER,
    client: { ipAddress: '10.0.0.1', userAgent: { rawUserAgent: 'curl' } },
    outcome: { result: 'SUCCESS' },
    target: [{ id: '00p1', type: 'Token', displayName: 'ci token', alternateId: 'unknown' }],
    authenticationContext: { externalSessionId: 's-1' },
    debugContext: { debugData: { url: `/x?token=${CANARY}`, grantType: 'authorization_code' } },
    transaction: { id: 't-1', detail: { requestApiTokenId: '00p0' } },
  },
  {
    published: '2025-01-01 00:00:00.5',
    eventtype: 'app.oauth2.token.grant',
    actor: { id: '0oa1', type: 'PublicClientApp', displayName: 'Portal' },
    outcome: { result: 'FAILURE', reason: 'access_denied' },
    target: [USER, { id: 'x', type: 'access_token' }],
  },
];

import { CANARY } from '../canary.ts';

const CLAIMS = {
  iss: 'https://issuer.example.com',
  sub: 'ann@example.com',
  aud: ['https://api.example.com'],
  iat: 1735689600,
  exp: 1735693200,
  jti: 't-1',
  scope: 'read',
  act: { sub: 'https://svc1.example.com', act: { client_id: 'portal' } },
  may_act: { sub: 'bot@example.com' },
};
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  CLAIMS,
  `${part({ alg: 'RS256' })}.${part({ ...CLAIMS, jti: 't-2' })}.${CANARY.replaceAll('_', '-')}`,
  {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    timestamp: '2025-01-01T00:00:00Z',
    client_id: 'svc',
    subject_token: CANARY,
    actor_token: CANARY,
    claims: { ...CLAIMS, jti: 't-3' },
  },
];

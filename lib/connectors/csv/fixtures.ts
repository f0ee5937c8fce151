import { CANARY } from '../canary.ts';

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    Name: 'deploy-bot',
    Type: 'service account',
    Owner: 'Platform',
    'Last Used': '2025-01-01',
    Password: CANARY,
    Notes: CANARY,
    Floor: '3',
  },
  {
    Name: 'key-1',
    Type: 'API key',
    Owner: 'ann@example.com',
    'Last Used': '',
    Password: CANARY,
    Notes: 'x',
    Floor: '',
  },
];

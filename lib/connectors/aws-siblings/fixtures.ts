import { CANARY } from '../canary.ts';

const A = '111111111111';

/** Small valid records of each list, for tests that change them at random. */
export const FUNCTIONS: readonly unknown[] = [
  {
    FunctionArn: `arn:aws:lambda:r:${A}:function:f`,
    Role: `arn:aws:iam::${A}:role/r`,
    Environment: { Variables: { K: CANARY } },
  },
];

export const SECRETS: readonly unknown[] = [
  {
    ARN: `arn:aws:secretsmanager:r:${A}:secret:s`,
    Name: 's',
    Tags: [{ Key: 'team', Value: 't' }],
    SecretString: CANARY,
  },
];

export const USES: readonly unknown[] = [
  {
    ServiceNamespace: 's3',
    LastAuthenticatedEntity: `arn:aws:iam::${A}:role/r`,
    LastAuthenticated: '2024-01-01T00:00:00Z',
  },
];

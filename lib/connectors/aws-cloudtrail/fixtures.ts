import { CANARY } from '../canary.ts';

const A = '111111111111';
const event = (more: Record<string, unknown>) => ({
  eventID: 'e',
  eventTime: '2025-01-01T00:00:00Z',
  eventSource: 'sts.amazonaws.com',
  eventName: 'AssumeRole',
  awsRegion: 'eu-west-1',
  recipientAccountId: A,
  sourceIPAddress: '192.0.2.1',
  userAgent: 'x',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${A}:user/u`,
    accountId: A,
    accessKeyId: 'AKIAEXAMPLE',
    userName: 'u',
  },
  requestParameters: {
    roleArn: `arn:aws:iam::${A}:role/r`,
    roleSessionName: 's',
    password: CANARY,
    userData: CANARY,
  },
  responseElements: {
    credentials: {
      accessKeyId: 'ASIANEW',
      sessionToken: CANARY,
      secretAccessKey: CANARY,
      expiration: 'Jul 10, 2023, 12:09:47 PM',
    },
  },
  resources: [{ ARN: `arn:aws:iam::${A}:role/r`, accountId: A }],
  ...more,
});
/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  event({}),
  event({
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::${A}:assumed-role/r/s`,
      accessKeyId: 'ASIAEXAMPLE',
      invokedBy: 'athena.amazonaws.com',
      sessionContext: {
        sessionIssuer: { arn: `arn:aws:iam::${A}:role/r` },
        sourceIdentity: 'jo@example.com',
        webIdFederationData: {},
      },
    },
  }),
  event({
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    responseElements: { accessKey: { accessKeyId: 'AKIANEW', userName: 'u', secretAccessKey: CANARY } },
  }),
  event({
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: 'PutSecretValue',
    requestParameters: { secretId: 'x', secretString: CANARY },
    resources: undefined,
  }),
];

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsCloudtrail } from '../aws-cloudtrail/connector.ts';
import { awsCredentialReport } from '../aws-credential-report/connector.ts';
import { awsIam } from '../aws-iam/connector.ts';
import { awsLambdaFunctions } from '../aws-siblings/lambda-functions.ts';
import { awsLastAccessed } from '../aws-siblings/last-accessed.ts';
import { awsSecrets } from '../aws-siblings/secrets.ts';
import type { Connector } from '../connector.ts';
import { collectValue } from '../testing/collect.ts';
import { mutations } from '../testing/hostile.ts';

const CANARY = 'canary-wJalrXUtnFEMI';
const A = '111111111111';
const document = (action: unknown, more = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Sid: 'S', Effect: 'Allow', Action: action, Resource: ['*', 'arn:aws:s3:::b/*'], ...more }],
});

const ACCOUNT = {
  UserDetailList: [
    {
      UserName: 'u',
      UserId: 'AIDAAAAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${A}:user/u`,
      CreateDate: '2024-01-01T00:00:00Z',
      GroupList: ['g'],
      Tags: [
        { Key: 'owner', Value: 'jo@example.com' },
        { Key: 'api-token', Value: CANARY },
      ],
      UserPolicyList: [{ PolicyName: 'i', PolicyDocument: document(['iam:*', 's3:Get*']) }],
      AttachedManagedPolicies: [{ PolicyName: 'p', PolicyArn: `arn:aws:iam::${A}:policy/p` }],
      PermissionsBoundary: { PermissionsBoundaryArn: `arn:aws:iam::${A}:policy/p` },
      LoginProfile: { Password: CANARY },
    },
  ],
  GroupDetailList: [
    {
      GroupName: 'g',
      GroupId: 'AGPAAAAAAAAAAAAAAAAA',
      Arn: `arn:aws:iam::${A}:group/g`,
      GroupPolicyList: [
        {
          PolicyName: 'd',
          PolicyDocument: document('*', { Effect: 'Deny', Condition: { Bool: { x: 'true' } } }),
        },
      ],
    },
  ],
  RoleDetailList: [
    {
      RoleName: 'r',
      RoleId: 'AROAAAAAAAAAAAAAAAAA',
      Path: '/team/',
      Arn: `arn:aws:iam::${A}:role/team/r`,
      RoleLastUsed: { LastUsedDate: '2024-01-01T00:00:00Z', Region: 'eu-west-1' },
      InstanceProfileList: [{ InstanceProfileName: 'ip', Arn: `arn:aws:iam::${A}:instance-profile/ip` }],
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: [`arn:aws:iam::${A}:root`, `arn:aws:sts::${A}:assumed-role/r/s`] },
            Action: 'sts:AssumeRole',
          },
          {
            Effect: 'Allow',
            Principal: { Service: 'ec2.amazonaws.com' },
            Action: ['sts:AssumeRole'],
            Condition: { StringEquals: { k: ['v'] } },
          },
        ],
      },
      RolePolicyList: [
        { PolicyName: 'i', PolicyDocument: encodeURIComponent(JSON.stringify(document('*'))) },
      ],
    },
  ],
  Policies: [
    {
      PolicyName: 'p',
      Arn: `arn:aws:iam::${A}:policy/p`,
      DefaultVersionId: 'v1',
      PolicyVersionList: [
        {
          VersionId: 'v1',
          IsDefaultVersion: true,
          Document: document(undefined, { NotAction: ['iam:Create*'] }),
        },
      ],
    },
  ],
  IsTruncated: false,
};

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
const EVENTS = {
  Records: [
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
  ],
};

const REPORT = {
  Content: `user,arn,user_creation_time,password_enabled,password_last_used,access_key_1_active,access_key_1_last_rotated\nu,arn:aws:iam::${A}:user/u,2024-01-01T00:00:00Z,true,N/A,true,2024-01-01T00:00:00Z\n`,
};
const FUNCTIONS = {
  Functions: [
    {
      FunctionArn: `arn:aws:lambda:r:${A}:function:f`,
      Role: `arn:aws:iam::${A}:role/r`,
      Environment: { Variables: { K: CANARY } },
    },
  ],
};
const SECRETS = {
  SecretList: [
    {
      ARN: `arn:aws:secretsmanager:r:${A}:secret:s`,
      Name: 's',
      Tags: [{ Key: 'team', Value: 't' }],
      SecretString: CANARY,
    },
  ],
};
const USES = {
  ServicesLastAccessed: [
    {
      ServiceNamespace: 's3',
      LastAuthenticatedEntity: `arn:aws:iam::${A}:role/r`,
      LastAuthenticated: '2024-01-01T00:00:00Z',
    },
  ],
};

const CASES: readonly [Connector, unknown, number][] = [
  [awsIam, ACCOUNT, 3_000],
  [awsCloudtrail, EVENTS, 3_000],
  [awsCredentialReport, REPORT, 1_000],
  [awsLambdaFunctions, FUNCTIONS, 1_000],
  [awsSecrets, SECRETS, 1_000],
  [awsLastAccessed, USES, 1_000],
];

describe.each(CASES)('$name', (connector, sample, numRuns) => {
  it('keeps no secret of the input', () => {
    const facts = collectValue(connector, sample);
    expect(facts.rejected).toEqual([]);
    expect(facts.nodes.size).toBeGreaterThan(0);
    expect(facts.text()).not.toContain(CANARY);
  });

  it('survives any mutation, keeps the contract of facts and the sum of records', () => {
    fc.assert(
      fc.property(mutations([sample]), (input) => {
        const facts = collectValue(connector, input);
        expect(facts.breaches()).toEqual([]);
        expect(facts.rejected.length).toBeLessThanOrEqual(facts.records);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns },
    );
  });

  it('survives any JSON at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (input) => {
        expect(collectValue(connector, input).breaches()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

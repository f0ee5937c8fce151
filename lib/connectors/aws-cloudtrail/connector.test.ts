import { describe, expect, it } from 'vitest';
import { awsAccessKeyKey, awsAccountKey, awsServiceKey } from '#lib/core/keys.ts';
import { type FactSink, RejectedRecord } from '../connector.ts';
import type { UsageEvent } from '../facts.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { awsCloudtrail } from './connector.ts';

type Counts = Record<string, number> & {
  events_by_actor_top10: Record<string, number>;
  assume_role_edges: [string, string, number][];
  issued_key_links: { key: string; events_with_key: number; issued_by: string; role: string }[];
  recipient_accounts: Record<string, number>;
};

const SETS = ['invictus-ir', 'stratus-red-team'] as const;
const asKey = (actor: string): string => (actor.startsWith('arn:') ? actor : `aws://services/${actor}`);

describe.skipIf(!hasSharedData).each(SETS)('the recorded log %s', (set) => {
  const { sets } = (expectedCounts('aws_cloudtrail') ?? { sets: {} }) as { sets: Record<string, Counts> };
  const expected = sets[`aws-cloudtrail/${set}/*.json`] as Counts;
  const facts = collect(awsCloudtrail, sharedInputs(`aws-cloudtrail/${set}`));
  const { events } = facts;
  const distinct = (values: Iterable<string | undefined>): number =>
    new Set([...values].filter((value) => value !== undefined)).size;

  it('has every event once and keeps the contract of facts', () => {
    expect(events).toHaveLength(expected['events'] ?? -1);
    expect(distinct(events.map((event) => event.id))).toBe(expected['distinct_event_ids']);
    expect(facts.rejected).toEqual([]);
    expect(facts.breaches()).toEqual([]);
  });

  it('has the actors with their sessions folded', () => {
    // One sign-in event names its user without an ARN: here it counts for the user, in the expectation apart.
    const unnamed = (expected['distinct_actors_after_session_folding'] ?? 0) > 10 ? 1 : 0;
    expect(distinct(events.map((event) => event.actor))).toBe(
      (expected['distinct_actors_after_session_folding'] ?? -1) - unnamed,
    );
    for (const [actor, count] of Object.entries(expected.events_by_actor_top10)) {
      const found = events.filter((event) => event.actor === asKey(actor)).length;
      expect(found - (actor.endsWith('bert-jan') ? unnamed : 0), actor).toBe(count);
    }
  });

  it('has the keys that were used, and tells long-lived ones from sessions', () => {
    expect(distinct(events.map((event) => event.credential))).toBe(
      expected['distinct_access_keys_used_long_lived_AKIA'],
    );
    expect(distinct(events.map((event) => event.session))).toBe(
      expected['distinct_access_keys_used_session_ASIA'],
    );
    const without = events.filter((event) => event.credential === undefined && event.session === undefined);
    expect(without).toHaveLength(expected['events_without_access_key'] ?? -1);
  });

  it('ties issued keys to their later use', () => {
    const issued = new Map(events.filter((event) => event.issued).map((event) => [event.issued, event]));
    expect(issued.size).toBe(expected['distinct_access_keys_issued_in_responses']);
    for (const link of expected.issued_key_links) {
      expect(issued.get(link.key)?.actor).toBe(asKey(link.issued_by));
      expect(events.filter((event) => event.session === link.key)).toHaveLength(link.events_with_key);
    }
    const later = [...issued.keys()].filter((key) => events.some((event) => event.session === key));
    expect(later).toHaveLength(expected['issued_keys_later_seen_as_caller'] ?? -1);
  });

  it('has the roles that were assumed, and the attempts that were denied with the role they wanted', () => {
    const calls = events.filter((event) => event.action === 'sts:AssumeRole');
    expect(calls).toHaveLength(expected['assume_role_calls'] ?? -1);
    const done = calls.filter((event) => event.outcome === 'allowed');
    expect(done).toHaveLength(expected['assume_role_succeeded'] ?? -1);
    const pairs = new Map<string, number>();
    for (const { actor, target } of done)
      pairs.set(`${actor} ${target ?? ''}`, (pairs.get(`${actor} ${target ?? ''}`) ?? 0) + 1);
    const wanted = expected.assume_role_edges.map(([from, to, count]) => [`${asKey(from)} ${to}`, count]);
    expect(Object.fromEntries(pairs)).toEqual(Object.fromEntries(wanted));
    const denied = calls.filter((event) => event.outcome === 'denied');
    expect(denied).toHaveLength(expected['assume_role_denied_without_request_parameters'] ?? -1);
    for (const event of denied) {
      expect(event.target).toMatch(/^arn:aws:iam::\d+:role\//);
      expect(event.issued).toBeUndefined();
    }
  });

  it('has outcomes, actions, secret reads and windows', () => {
    expect(events.filter((event) => event.outcome === 'denied')).toHaveLength(
      expected['events_denied'] ?? -1,
    );
    expect(events.filter((event) => event.outcome !== 'allowed')).toHaveLength(
      expected['events_with_error'] ?? -1,
    );
    expect(distinct(events.map((event) => event.action))).toBe(expected['distinct_actions_source_and_name']);
    const first = facts.windows.map((window) => window.from).sort()[0];
    const last = facts.windows
      .map((window) => window.to)
      .sort()
      .at(-1);
    expect([first, last]).toEqual([expected['first_event_time'], expected['last_event_time']]);
    expect(facts.windows.map((window) => window.scope).sort()).toEqual(
      Object.keys(expected.recipient_accounts)
        .map((account) => `aws:${account}:cloudtrail`)
        .sort(),
    );
  });

  it('drops session tokens', () => {
    expect(facts.text()).not.toContain('IQoJb3JpZ2luX2Vj');
    expect(facts.text()).not.toMatch(/sessionToken/i);
  });
});

const ACCOUNT = '111111111111';
const USER = {
  type: 'IAMUser',
  arn: `arn:aws:iam::${ACCOUNT}:user/u`,
  accountId: ACCOUNT,
  accessKeyId: 'AKIAEXAMPLE',
};
const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/r`;
const session = (more: Record<string, unknown> = {}, context: Record<string, unknown> = {}) => ({
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/r/session`,
  accountId: ACCOUNT,
  accessKeyId: 'ASIAEXAMPLE',
  sessionContext: { sessionIssuer: { type: 'Role', arn: ROLE }, webIdFederationData: {}, ...context },
  ...more,
});

function trail(more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    eventVersion: '1.08',
    eventID: 'e-1',
    eventTime: '2025-06-01T10:00:00Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-west-1',
    recipientAccountId: ACCOUNT,
    userIdentity: USER,
    ...more,
  };
}

function one(more: Record<string, unknown>) {
  const facts = collectValue(awsCloudtrail, { Records: [trail(more)] });
  expect(facts.breaches()).toEqual([]);
  expect(facts.rejected).toEqual([]);
  const [event] = facts.events;
  if (event === undefined) throw new Error('There is no event.');
  return { facts, event };
}

describe('wrappers', () => {
  it('reads Records, bare arrays, JSON lines, EventBridge envelopes and lower-cased exports alike', () => {
    const plain = trail({ requestParameters: { bucketName: 'b' } });
    const lowered = JSON.parse(
      JSON.stringify(plain).replace(
        /"(\w+)":/g,
        (_, name: string) => `"${name === 'bucketName' ? name : name.toLowerCase()}":`,
      ),
    ) as unknown;
    const texts = [
      { Records: [plain] },
      [plain],
      plain,
      { 'detail-type': 'AWS API Call via CloudTrail', detail: plain },
      lowered,
    ].map((value) => JSON.stringify(value));
    texts.push(`${JSON.stringify(plain)}\n`);
    const results = texts.map((text) => collect(awsCloudtrail, { file: 'x', text, syntax: 'json' }).events);
    for (const result of results) expect(result).toEqual(results[0]);
    expect(results[0]).toHaveLength(1);
  });

  it('sets digests aside and counts Insights events as unknown', () => {
    const facts = collectValue(awsCloudtrail, [
      { digestStartTime: '2025-01-01T00:00:00Z', digestS3Object: 'x' },
      trail({ eventType: 'AwsCloudTrailInsight' }),
    ]);
    expect(facts.events).toEqual([]);
    expect(facts.rejected.map((rejected) => rejected.reason)).toEqual([
      'This is a CloudTrail digest: it proves log files and holds no events.',
    ]);
    expect([...facts.unknowns]).toEqual([['CloudTrail Insights event', 1]]);
  });

  it('rejects events without id, time or name, each with its reason', () => {
    const facts = collectValue(awsCloudtrail, [
      trail({ eventID: undefined }),
      trail({ eventTime: 'yesterday' }),
      trail({ eventTime: '0001-01-01T00:00:00Z' }),
      trail({ eventName: '' }),
      'text',
    ]);
    expect(facts.rejected.map((rejected) => rejected.number)).toEqual([1, 2, 3, 4, 5]);
  });

  it('recognises events by their content', () => {
    expect(
      awsCloudtrail.recognise(sampleOf(JSON.stringify({ Records: [trail()] }), 'any.log')),
    ).toBeGreaterThan(0.9);
    expect(awsCloudtrail.recognise(sampleOf('{"digestStartTime":"","awsAccountId":""}'))).toBe(0);
    expect(awsCloudtrail.recognise(sampleOf('{"Records":[{"eventType":"x"}]}'))).toBe(0);
  });
});

describe('actors', () => {
  it.each([
    ['a user', USER, USER.arn, 'service_account'],
    ['a session as its role, with the path', session(), ROLE, 'role'],
    [
      'a session without issuer',
      { ...session(), sessionContext: { sessionIssuer: {} } },
      `arn:aws:iam::${ACCOUNT}:role/r`,
      'role',
    ],
    [
      'a federated user as who issued it',
      {
        type: 'FederatedUser',
        arn: `arn:aws:sts::${ACCOUNT}:federated-user/f`,
        sessionContext: { sessionIssuer: { arn: USER.arn } },
      },
      USER.arn,
      'service_account',
    ],
    [
      'the root user',
      { type: 'Root', accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root` },
      `aws://${ACCOUNT}/root-user`,
      'service_account',
    ],
    [
      'a service',
      { type: 'AWSService', invokedBy: 'ec2.amazonaws.com' },
      'aws://services/ec2.amazonaws.com',
      'service',
    ],
    ['no type', { invokedBy: 'rds.amazonaws.com' }, 'aws://services/rds.amazonaws.com', 'service'],
    ['nothing at all', undefined, 'aws://services/s3.amazonaws.com', 'service'],
    [
      'another account',
      { type: 'AWSAccount', accountId: '222222222222', principalId: 'AROAX:session' },
      'aws://222222222222/principals/AROAX',
      'role',
    ],
    [
      'nobody known',
      { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' },
      'aws://anyone',
      'group',
    ],
    [
      'a web identity',
      { type: 'WebIdentityUser', identityProvider: 'accounts.example.com', userName: 'repo:o/r' },
      'oauth://accounts.example.com/subjects/repo:o/r',
      'service',
    ],
    [
      'a person of SAML',
      { type: 'SAMLUser', identityProvider: 'idp', userName: 'jo' },
      'oauth://idp/subjects/jo',
      'person',
    ],
    [
      'a person of Identity Center',
      {
        type: 'IdentityCenterUser',
        onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:aws:identitystore::1:identitystore/d-1' },
      },
      'aws://identity-center/d-1/u-1',
      'person',
    ],
  ])('takes %s', (_, userIdentity, key, kind) => {
    const { event, facts } = one({ userIdentity });
    expect(event.actor).toBe(key);
    expect(facts.nodes.get(key)?.kind).toBe(kind);
    expect(facts.nodes.get(key)?.standing).toBe('log');
  });
});

describe('credentials and delegation', () => {
  it('makes a credential of a long-lived key and keeps a session on the event alone', () => {
    const long = one({});
    expect(long.event.credential).toBe(awsAccessKeyKey('AKIAEXAMPLE'));
    expect(long.facts.triples('authenticates')).toEqual([
      `aws://access-keys/AKIAEXAMPLE authenticates ${USER.arn}`,
    ]);
    const short = one({ userIdentity: session() });
    expect([short.event.credential, short.event.session]).toEqual([undefined, 'ASIAEXAMPLE']);
    expect(short.facts.nodesOf('credential')).toEqual([]);
    expect(one({ userIdentity: { ...USER, accessKeyId: '' } }).event).not.toHaveProperty('session');
  });

  it('knows for whom a created key is, and never its secret', () => {
    const { event, facts } = one({
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateAccessKey',
      requestParameters: { userName: 'bot' },
      responseElements: {
        accessKey: { accessKeyId: 'AKIANEW', userName: 'bot', status: 'Active', secretAccessKey: 'canary-2' },
      },
    });
    expect(event).toMatchObject({
      issued: 'AKIANEW',
      target: `arn:aws:iam::${ACCOUNT}:user/bot`,
      level: 'admin',
    });
    expect(facts.edgesOf('authenticates', { to: `arn:aws:iam::${ACCOUNT}:user/bot` })).toHaveLength(1);
    expect(facts.nodes.get(awsAccessKeyKey('AKIANEW'))?.createdAt).toBe('2025-06-01T10:00:00Z');
    expect(facts.text()).not.toContain('canary-2');
  });

  it('does not call a key issued that a failed call would have issued', () => {
    const response = { responseElements: { credentials: { accessKeyId: 'ASIANEW' } } };
    expect(one({ ...response, errorCode: 'AccessDenied' }).event).not.toHaveProperty('issued');
    expect(one(response).event.issued).toBe('ASIANEW');
  });

  it('keeps the caller as the actor when a service acts for it', () => {
    const { event } = one({ userIdentity: { ...USER, invokedBy: 'athena.amazonaws.com' } });
    expect(event.actor).toBe(USER.arn);
    expect(event.chain).toEqual(['aws://services/athena.amazonaws.com', USER.arn]);
    expect(one({ userIdentity: { ...USER, invokedBy: 'AWS Internal' } }).event).not.toHaveProperty('chain');
  });

  it('takes the subject from source identity, Identity Center, or the federated provider, and not from empty objects', () => {
    const behalf = (userIdentity: unknown) => one({ userIdentity }).event.onBehalfOf;
    expect(behalf(session())).toBeUndefined();
    expect(behalf(session({}, { sourceIdentity: 'Jo@example.com' }))).toBe('mailto:jo@example.com');
    expect(behalf(session({}, { sourceIdentity: 'jo' }))).toBe(`aws://${ACCOUNT}/source-identities/jo`);
    expect(behalf(session({ onBehalfOf: { userId: 'u-1' } }))).toBe(
      'aws://identity-center/identitystore/u-1',
    );
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.example.com`;
    expect(behalf(session({}, { webIdFederationData: { federatedProvider: provider } }))).toBe(provider);
    const center = { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_1/jo@example.com` };
    expect(behalf(session(center))).toBe('mailto:jo@example.com');
  });
});

describe('targets, levels and outcomes', () => {
  const from = (eventSource: string, eventName: string, more: Record<string, unknown> = {}) =>
    one({ eventSource: `${eventSource}.amazonaws.com`, eventName, ...more }).event;

  it.each([
    ['s3', 'GetObject', { bucketName: 'b', key: 'k' }, 'arn:aws:s3:::b', 'read'],
    [
      'secretsmanager',
      'GetSecretValue',
      { secretId: 'db' },
      `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db`,
      'read',
    ],
    [
      'lambda',
      'UpdateFunctionCode20150331v2',
      { functionName: 'f' },
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`,
      'write',
    ],
    [
      'lambda',
      'Invoke',
      { functionName: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f:live` },
      `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:f`,
      'use',
    ],
    ['bedrock', 'InvokeModel', { modelId: 'm' }, 'arn:aws:bedrock:eu-west-1::foundation-model/m', 'use'],
    ['kms', 'Decrypt', { keyId: 'k-1' }, `arn:aws:kms:eu-west-1:${ACCOUNT}:key/k-1`, 'use'],
    [
      'sqs',
      'SendMessage',
      { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/q` },
      `arn:aws:sqs:eu-west-1:${ACCOUNT}:q`,
      'use',
    ],
    ['dynamodb', 'PutItem', { tableName: 't' }, `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/t`, 'write'],
    ['sts', 'AssumeRole', { roleArn: ROLE }, ROLE, 'use'],
    [
      'iam',
      'PutRolePolicy',
      { roleName: 'r', policyDocument: '{}' },
      `arn:aws:iam::${ACCOUNT}:role/r`,
      'admin',
    ],
    ['ssm', 'GetParameter', { name: '/a/b' }, `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/a/b`, 'read'],
    ['ssm', 'StartSession', { target: 'i-1' }, `arn:aws:ec2:eu-west-1:${ACCOUNT}:instance/i-1`, 'write'],
    ['monitoring', 'DescribeAlarms', null, awsServiceKey(ACCOUNT, 'cloudwatch'), 'read'],
    ['ec2', 'DescribeInstances', 'cut off', awsServiceKey(ACCOUNT, 'ec2'), 'read'],
  ])('%s:%s', (service, name, requestParameters, target, level) => {
    expect(from(service, name, { requestParameters })).toMatchObject({ target, level });
  });

  it('prefers the listed resource, and folds an object into its bucket', () => {
    const resources = [{ type: 'AWS::S3::Object', ARN: 'arn:aws:s3:::b/k' }, { ARN: 'arn:aws:s3:::b' }];
    expect(from('s3', 'GetObject', { resources }).target).toBe('arn:aws:s3:::b');
  });

  it('places a service below its account', () => {
    const { facts } = one({ requestParameters: null });
    expect(facts.triples('contains')).toEqual([
      `${awsAccountKey(ACCOUNT)} contains ${awsServiceKey(ACCOUNT, 's3')}`,
    ]);
  });

  it.each([
    [{}, 'allowed'],
    [{ errorCode: 'AccessDenied' }, 'denied'],
    [{ errorCode: 'AccessDeniedException' }, 'denied'],
    [{ errorCode: 'Client.UnauthorizedOperation' }, 'denied'],
    [{ errorCode: 'Forbidden' }, 'denied'],
    [{ errorCode: 'ThrottlingException' }, 'failed'],
    [{ errorCode: 'NoSuchBucketPolicy' }, 'failed'],
    [{ responseElements: { ConsoleLogin: 'Failure' } }, 'denied'],
    [{ responseElements: { ConsoleLogin: 'Success' } }, 'allowed'],
  ])('%j is %s', (more, outcome) => {
    expect(one(more).event.outcome).toBe(outcome);
  });

  it('takes readOnly as a boolean or as text', () => {
    expect(from('new', 'FrobThing').level).toBe('write');
    expect(from('new', 'FrobThing', { readOnly: true }).level).toBe('read');
    expect(from('new', 'FrobThing', { readOnly: 'true' }).level).toBe('read');
    expect(from('sts', 'AssumeRole', { readOnly: true }).level).toBe('use');
  });
});

it('states each node once, so that what is kept does not grow with the events', () => {
  let nodes = 0;
  let events = 0;
  const nothing = (): void => undefined;
  const sink: FactSink = {
    node: () => (nodes += 1),
    event: () => (events += 1),
    edge: nothing,
    claim: nothing,
    alias: nothing,
    scope: nothing,
    window: nothing,
    unknown: nothing,
  };
  const reader = awsCloudtrail.open(sink, {
    fingerprint: () => '',
    defaults: {},
    complete: false,
    asOf: new Date(0),
  });
  for (let number = 1; number <= 1_000; number += 1)
    reader.record({ value: trail({ eventID: `e-${number}` }), list: 'Records', file: 'f', number });
  expect([events, nodes]).toEqual([1_000, 4]);
});

/** Refuses the first event, as the pipeline refuses one that lies in the future. */
class RefusesFirst extends Collected {
  #refused = false;

  override event(event: UsageEvent): void {
    if (this.#refused) super.event(event);
    else {
      this.#refused = true;
      this.nodes.clear();
      throw new RejectedRecord('the event time lies in the future');
    }
  }
}

it('states again what the pipeline refused together with its record', () => {
  const facts = new RefusesFirst();
  const reader = awsCloudtrail.open(facts, {
    fingerprint: () => '',
    defaults: {},
    complete: false,
    asOf: new Date(0),
  });
  const read = (eventID: string): void =>
    reader.record({ value: trail({ eventID }), list: 'Records', file: 'f', number: 1 });
  expect(() => read('e-1')).toThrow('future');
  read('e-2');
  expect(facts.events).toHaveLength(1);
  expect(facts.breaches()).toEqual([]);
});

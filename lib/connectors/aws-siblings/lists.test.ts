import { describe, expect, it } from 'vitest';
import { awsServiceKey } from '#lib/core/keys.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { awsLambdaFunctions } from './lambda-functions.ts';
import { awsLastAccessed } from './last-accessed.ts';
import { awsSecrets } from './secrets.ts';

const DEMO = 'aws-iam/cloudmapper-demo';

describe.skipIf(!hasSharedData)('recorded lists', () => {
  it('has the function and the role that it runs as', () => {
    const facts = collect(awsLambdaFunctions, sharedInputs(`${DEMO}/lambda-list-functions.json`));
    expect(facts.breaches()).toEqual([]);
    expect(facts.triples('runs_as')).toEqual([
      'arn:aws:lambda:us-east-1:123456789012:function:invpclambda runs_as arn:aws:iam::123456789012:role/service-role/invpclambda',
    ]);
    expect(facts.scopes).toEqual([{ scope: 'aws:123456789012:lambda:us-east-1', complete: true }]);
  });

  it('has the secret, whatever the length of its account, and the team that its tag names', () => {
    const facts = collect(awsSecrets, sharedInputs(`${DEMO}/secretsmanager-list-secrets.json`));
    expect(facts.breaches()).toEqual([]);
    expect(facts.nodesOf('resource', 'secret')).toMatchObject([
      { tenant: '0123456789012', lastUsedAt: '2019-10-17T00:00:00Z', rotatedAt: '2019-10-17T21:47:00.587Z' },
    ]);
    expect(facts.claims.map((claim) => claim.owner)).toEqual(['team://eng']);
  });

  it('has one use per service and identity, so that reports of the same one agree', () => {
    const facts = collect(awsLastAccessed, sharedInputs(`${DEMO}/iam-get-service-last-accessed-details`));
    expect(facts.breaches()).toEqual([]);
    expect(facts.events).toHaveLength(4);
    expect(new Set(facts.events.map((event) => `${event.id} ${event.time}`)).size).toBe(3);
    expect(facts.events[0]).toMatchObject({
      action: 'logs:*',
      target: awsServiceKey('123456789012', 'logs'),
    });
  });
});

it('does not read environment variables of functions', () => {
  const facts = collectValue(awsLambdaFunctions, {
    Functions: [
      {
        FunctionArn: 'arn:aws:lambda:eu-west-1:111111111111:function:f:7',
        FunctionName: 'f',
        Role: 'arn:aws:iam::111111111111:role/r',
        Environment: { Variables: { DB_PASSWORD: 'canary-3' } },
      },
    ],
    NextMarker: 'more',
  });
  expect(facts.nodes.has('arn:aws:lambda:eu-west-1:111111111111:function:f')).toBe(true);
  expect(facts.text()).not.toContain('canary-3');
  expect(facts.scopes).toEqual([{ scope: 'aws:111111111111:lambda:eu-west-1', complete: false }]);
});

it('rejects what is not of the service', () => {
  expect(
    collectValue(awsLambdaFunctions, { Functions: [{}, 1, { FunctionArn: 'arn:aws:s3:::b' }] }).rejected,
  ).toHaveLength(3);
  expect(collectValue(awsSecrets, { SecretList: [{ ARN: 'x' }] }).rejected).toHaveLength(1);
  expect(
    collectValue(awsLastAccessed, { ServicesLastAccessed: [{ ServiceName: 'x' }] }).rejected,
  ).toHaveLength(1);
});

it('recognises each list by its name', () => {
  expect(awsLambdaFunctions.recognise(sampleOf('{"Functions":[{"FunctionArn":"x"}]}'))).toBeGreaterThan(0.9);
  expect(awsSecrets.recognise(sampleOf('{"SecretList":[]}'))).toBeGreaterThan(0.9);
  expect(
    awsLastAccessed.recognise(sampleOf('{"JobStatus":"COMPLETED","ServicesLastAccessed":[]}')),
  ).toBeGreaterThan(0.9);
  for (const connector of [awsLambdaFunctions, awsSecrets, awsLastAccessed])
    expect(connector.recognise(sampleOf('{"Functions":[1],"value":[]}'))).toBe(0);
});

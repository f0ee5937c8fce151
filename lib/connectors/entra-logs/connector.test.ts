import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { entraLogs } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(entraLogs, FIXTURES, { defaults: { tenant: 'T1' } });

test('a service principal signs in with a credential that is known by its key id; a wrong secret is a failure', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    actor: 'entra://t1/servicePrincipals/s-1',
    credential: 'entra://t1/apps/a-1/secrets/k-1',
    target: 'entra://t1/apis/r-1',
    outcome: 'failed',
    session: 'tok-1',
  });
  expect(found.triples('authenticates')).toEqual([
    'entra://t1/apps/a-1/secrets/k-1 authenticates entra://t1/servicePrincipals/s-1',
  ]);
});

test('a user who signs in acts through the client application', () => {
  expect(found.events[1]).toMatchObject({
    actor: 'entra://t1/users/u-1',
    chain: ['entra://t1/apps/a-1', 'entra://t1/users/u-1'],
  });
});

test('an audit event names who changed what, at write', () => {
  expect(found.events[2]).toMatchObject({
    actor: 'entra://t1/users/u-1',
    action: 'Add service principal credentials',
    target: 'entra://t1/servicePrincipals/s-1',
    level: 'write',
    address: '10.0.0.2',
  });
});

test('an event without a time or an actor is rejected', () => {
  expect(
    collectValue(entraLogs, [
      { properties: { appId: 'x' } },
      { time: '2025-01-01T00:00:00Z', properties: {} },
    ]).rejected.length,
  ).toBe(2);
});

test('sign-ins and audit events are recognised whatever the case of their keys', () => {
  for (const fixture of FIXTURES)
    expect(entraLogs.recognise(sampleOf(JSON.stringify(fixture)))).toBeGreaterThan(0.8);
});

type Expected = { panther_events: { events: number; service_principal_signins: number } };

test.skipIf(!hasSharedData)('the public events are all read', () => {
  const expected = (expectedCounts('entra') as Expected).panther_events;
  const logs = sharedInputs('entra/panther-signin-audit').flatMap(({ text }) =>
    (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
  );
  const all = collectValue(entraLogs, logs);
  expect(all.records).toBe(expected.events);
  expect(all.rejected).toEqual([]);
  expect(all.events.length).toBe(expected.events);
  expect(
    all.events.filter(({ actor }) => actor.includes('/servicePrincipals/')).length,
  ).toBeGreaterThanOrEqual(expected.service_principal_signins);
  expect(all.breaches()).toEqual([]);
});

import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { okta } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(okta, FIXTURES, { defaults: { tenant: 'acme' } });

test('creating an API token is an event, a credential and what it proves to be', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    id: 'o-1',
    actor: 'mailto:ann@example.com',
    credential: 'okta://acme/tokens/00p0',
    session: 's-1',
    target: 'okta://acme',
  });
  expect(found.triples('authenticates', 'holds')).toContain(
    'okta://acme/tokens/00p1 authenticates mailto:ann@example.com',
  );
  expect(found.nodes.get('okta://acme/tokens/00p1')?.createdAt).toBe('2025-01-01T00:00:00.123Z');
});

test('lower-cased keys are read, an entry without an id is known by its content', () => {
  expect(found.events[1]).toMatchObject({
    actor: 'okta://acme/publicclientapps/0oa1',
    outcome: 'denied',
    target: 'mailto:ann@example.com',
  });
  expect(found.events[1]?.id).toMatch(/^derived-/);
});

type Expected = {
  okta: {
    sample_records: number;
    system_log_entries: number;
    entries_with_uuid: number;
    distinct_event_types: number;
  };
};

test.skipIf(!hasSharedData)(
  'the public samples: entries are read, aggregates of a detection job are rejected',
  () => {
    const expected = (expectedCounts('saas_audit') as Expected).okta;
    const logs = sharedInputs('okta/panther-system-log').flatMap(({ text }) =>
      (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
    );
    const all = collectValue(okta, logs);
    expect(all.records).toBe(expected.sample_records);
    const aggregates = all.rejected.filter(({ reason }) => reason === 'eventType is missing').length;
    expect(aggregates).toBe(expected.sample_records - expected.system_log_entries);
    expect(all.events.length + all.rejected.length).toBe(expected.sample_records);
    expect(
      all.rejected.filter(
        ({ reason }) => !/eventType is missing|names no actor|no readable time/.test(reason),
      ),
    ).toEqual([]);
    expect(all.breaches()).toEqual([]);
    expect(okta.recognise(sampleOf(JSON.stringify(FIXTURES)))).toBeGreaterThan(0.9);
  },
);

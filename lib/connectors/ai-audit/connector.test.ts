import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { aiAudit } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

test('keys, tool servers and roles change the graph, every event is a use', () => {
  const found = collectValue(aiAudit, FIXTURES);
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.triples('holds', 'grants')).toEqual([
    'anthropic://org_1/users/user_2 grants anthropic://org_1/projects/p_1',
    'mailto:ann@example.com grants mcp://anthropic/org_1/srv_1',
    'mailto:ann@example.com holds anthropic://org_1/api-keys/key_1',
  ]);
  expect(found.events.map(({ actor, outcome }) => [actor, outcome])).toEqual([
    ['mailto:ann@example.com', 'allowed'],
    ['mailto:ann@example.com', 'allowed'],
    ['anthropic://org_1/api-clients/key_1', 'allowed'],
    ['anthropic://org_1/actors/unauthenticated-user-actor', 'failed'],
  ]);
  expect(found.events[2]?.credential).toBe('anthropic://org_1/api-keys/key_1');
});

test.skipIf(!hasSharedData)('the public events are all read', () => {
  const expected = (expectedCounts('saas_audit') as Record<string, { events: number }>)['anthropic'];
  const logs = sharedInputs('ai-provider-audit').flatMap(({ text }) =>
    (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
  );
  const all = collectValue(aiAudit, logs);
  expect(all.records).toBe(expected?.events);
  expect(all.rejected).toEqual([]);
  expect(all.breaches()).toEqual([]);
  for (const log of logs) expect(aiAudit.recognise(sampleOf(JSON.stringify(log)))).toBeGreaterThan(0.5);
});

import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { a2a } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

test('an agent is its address; a local address is a placeholder; schemes and skills are stated', () => {
  const found = collectValue(a2a, FIXTURES);
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(
    found
      .nodesOf('agent')
      .map(({ key, props }) => [key, props?.['authentication'], props?.['placeholderAddress'] ?? false]),
  ).toEqual([
    ['agent://agents.example.com/travel', ['oauth2'], false],
    ['agent://localhost:10103/local', ['bearer'], true],
  ]);
  expect(found.triples('grants')).toContain(
    'agent://agents.example.com/travel grants agent://agents.example.com/travel/skills/book',
  );
});

test.skipIf(!hasSharedData)(
  'the public cards give the counted agents and skills, none of which asks for authentication',
  () => {
    const expected = (expectedCounts('agents') as { a2a_cards: Record<string, number> }).a2a_cards;
    const inputs = sharedInputs('a2a/a2a-samples');
    const found = collect(a2a, inputs);
    expect(found.records).toBe(expected['cards']);
    expect(found.rejected).toEqual([]);
    expect(found.edgesOf('grants').length).toBe(expected['skills']);
    expect(found.nodesOf('agent').filter(({ props }) => props?.['unauthenticated'] === true).length).toBe(
      found.nodesOf('agent').length,
    );
    for (const { text } of inputs) expect(a2a.recognise(sampleOf(text))).toBe(0.95);
  },
);

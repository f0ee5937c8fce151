import { expect, test } from 'vitest';
import { CANARY } from '../canary.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { tokenExchange } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(tokenExchange, FIXTURES);

test('the outermost actor acts, on behalf of the subject; inner actors are history', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    id: 't-1',
    actor: 'service://svc1.example.com',
    onBehalfOf: 'mailto:ann@example.com',
    chain: [
      'service://svc1.example.com',
      'oauth://issuer.example.com/clients/portal',
      'mailto:ann@example.com',
    ],
    target: 'audience://api.example.com',
    purpose: 'scope read',
  });
  expect(found.triples('delegates')).toEqual([
    'mailto:ann@example.com delegates oauth://issuer.example.com/clients/portal',
    'oauth://issuer.example.com/clients/portal delegates service://svc1.example.com',
  ]);
});

test('a JWT and a log entry give the same as the bare claims, and no signature or token is kept', () => {
  const [a, b, c] = found.events.map(({ id: _, issued: _issued, time: _time, ...rest }) => rest);
  expect(b).toEqual(a);
  expect(c).toEqual(a);
  expect(found.text()).not.toContain(CANARY);
  expect(found.text()).not.toContain(CANARY.replaceAll('_', '-'));
});

test('may_act is a permission, not yet a delegation', () => {
  expect(found.edgesOf('assumes')[0]).toMatchObject({
    from: 'mailto:bot@example.com',
    to: 'mailto:ann@example.com',
    conditional: true,
  });
});

test('a chain without end is rejected', () => {
  let act: unknown = { sub: 'x' };
  for (let depth = 0; depth < 100; depth += 1) act = { sub: `s${String(depth)}`, act };
  expect(collectValue(tokenExchange, { iss: 'i', sub: 's', act }).rejected[0]?.reason).toMatch(
    /nested more than 16/,
  );
});

type Expected = {
  delegation: Record<
    string,
    { chain_subject_then_current_actor_then_prior: string[]; may_act: string | null }
  >;
};

test.skipIf(!hasSharedData)('the examples of RFC 8693 give the stated chains', () => {
  const expected = (expectedCounts('agents') as Expected).delegation;
  const names = new Map<string, string>();
  for (const [file, { chain_subject_then_current_actor_then_prior: stated, may_act }] of Object.entries(
    expected,
  )) {
    const input = sharedInputs(`delegation-tokens/rfc8693/${file}`);
    const one = collect(tokenExchange, input);
    for (const [key, node] of one.nodes) names.set(key, node.name ?? '');
    const [subject, ...actors] = stated;
    const chain = (one.events[0]?.chain ?? []).map((key) => names.get(key));
    expect(chain).toEqual(actors.length === 0 ? [] : [...actors, subject]);
    expect(one.edgesOf('assumes').length).toBe(may_act === null ? 0 : 1);
    expect(tokenExchange.recognise(sampleOf(input[0]?.text ?? ''))).toBeGreaterThan(0.9);
  }
});

import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { spire } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(spire, FIXTURES, { defaults: { tenant: 'c1' } });

test('both spellings give the same identities; selectors tie them to workloads', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.triples('assumes', 'runs_as')).toEqual([
    'k8s://c1/serviceaccounts/shop/db assumes spiffe://example.org/db',
    'spiffe://example.org/spire/agent/x assumes spiffe://example.org/blog',
    'spiffe://example.org/spire/agent/x assumes spiffe://example.org/db',
    'spire://example.org/selectors/unix:uid:1 runs_as spiffe://example.org/blog',
  ]);
});

test('admin and downstream entries administer the trust domain', () => {
  expect(found.edgesOf('grants').map(({ from, to, level }) => [from, to, level])).toEqual([
    ['spiffe://example.org/blog', 'spire://example.org', 'admin'],
    ['spiffe://example.org/db', 'spire://example.org', 'admin'],
  ]);
});

type Expected = {
  spire: Record<string, { entries: number; distinct_spiffe_ids: number; admin_entries: number }>;
};

test.skipIf(!hasSharedData).each(['good.json', 'entries.json', 'manager_test_entries.json'])(
  '%s gives the counted identities',
  (file) => {
    const expected = (expectedCounts('vault_spire') as Expected).spire[file];
    const entries = collect(spire, sharedInputs(`spire/registration-fixtures/${file}`));
    expect(entries.rejected).toEqual([]);
    const ids = entries.nodesOf('service_account').filter(({ standing }) => standing === 'inventory');
    expect(ids.length).toBe(expected?.distinct_spiffe_ids);
    expect(entries.edgesOf('grants').length).toBe(expected?.admin_entries);
    expect(entries.breaches()).toEqual([]);
    expect(
      spire.recognise(sampleOf(sharedInputs(`spire/registration-fixtures/${file}`)[0]?.text ?? '')),
    ).toBe(1);
  },
);

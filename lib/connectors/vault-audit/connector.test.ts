import { expect, test } from 'vitest';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { vaultAudit } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const found = collectValue(vaultAudit, FIXTURES);

test('an operation is one event, by its response; a login is done by the identity it gives', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events.map(({ id: _, ...event }) => event)).toMatchObject([
    {
      actor: 'vault://default/entities/e-1',
      action: 'read secret/',
      target: 'vault://default/paths/secret/data/db',
      level: 'read',
      session: 'acc-1',
      issued: 'lease-1',
    },
    {
      actor: 'vault://default/entities/e-1',
      action: 'update auth/jwt/login',
      issued: 'acc-2',
      level: 'write',
    },
  ]);
});

test('granting policies are evidence of what a policy opens', () => {
  expect(found.triples('grants')).toEqual([
    'vault://default/policies/shop grants vault://default/paths/secret/data/db',
  ]);
});

test('a masked value identifies nothing', () => {
  const entry = FIXTURES[1] as { auth: object; request: object };
  const masked = collectValue(vaultAudit, {
    ...entry,
    auth: { ...entry.auth, accessor: '****' },
    request: { ...entry.request, id: '****' },
  });
  expect(masked.events[0]?.session).toBeUndefined();
  expect(masked.events[0]?.id).toMatch(/^derived-/);
});

test('permission denied is denied, another error failed', () => {
  const entry = FIXTURES[1] as object;
  expect(
    collectValue(vaultAudit, { ...entry, error: '1 error occurred: permission denied' }).events[0]?.outcome,
  ).toBe('denied');
  expect(collectValue(vaultAudit, { ...entry, error: 'internal error' }).events[0]?.outcome).toBe('failed');
});

type Expected = {
  vault: {
    records: number;
    distinct_logical_operations: number;
    distinct_entity_ids: number;
    distinct_policies: string[];
    accessors_unmasked_in_login_response: string[];
  };
};

test.skipIf(!hasSharedData)('the public trail gives the counted operations of one entity', () => {
  const expected = (expectedCounts('vault_spire') as Expected).vault;
  const trail = collect(vaultAudit, sharedInputs('vault/tfc-jwt-login/audit.json'));
  expect([trail.records, trail.rejected.length]).toEqual([expected.records, 0]);
  expect(trail.events.length).toBe(expected.distinct_logical_operations);
  expect(new Set(trail.events.map(({ actor }) => actor)).size).toBe(expected.distinct_entity_ids);
  expect(
    trail
      .nodesOf('policy')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(expected.distinct_policies);
  expect(new Set(trail.events.flatMap(({ issued }) => issued ?? []))).toEqual(
    new Set(expected.accessors_unmasked_in_login_response),
  );
  expect(vaultAudit.recognise(sampleOf(JSON.stringify(FIXTURES[0])))).toBe(1);
});

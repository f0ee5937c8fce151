import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { gcpAudit } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const SA = 'gcp://serviceAccounts/deploy@shop.iam.gserviceaccount.com';
const found = collectValue(gcpAudit, FIXTURES);

test('an entry names the principal, its key, the chain behind it and the bindings that it added', () => {
  expect(found.rejected).toEqual([]);
  expect(found.breaches()).toEqual([]);
  expect(found.events[0]).toMatchObject({
    actor: SA,
    credential: `${SA}/keys/abc`,
    chain: [SA, 'mailto:ann@example.com'],
    action: 'cloudresourcemanager:SetIamPolicy',
    target: 'gcp://projects/shop',
    level: 'admin',
    outcome: 'allowed',
    address: '10.0.0.1',
  });
  expect(found.triples('attached')).toEqual([
    'mailto:bob@example.com attached gcp://projects/shop/roles/roles/owner',
  ]);
});

test.each([
  [{ status: { code: 7 } }, 'denied'],
  [{ status: { code: 5 } }, 'failed'],
  [{ authorizationInfo: [{ granted: false }] }, 'denied'],
])('%j is %s', (changes, outcome) => {
  const entry = FIXTURES[0] as { protoPayload: object };
  expect(
    collectValue(gcpAudit, { ...entry, protoPayload: { ...entry.protoPayload, ...changes } }).events[0]
      ?.outcome,
  ).toBe(outcome);
});

test('audit entries are recognised', () => {
  expect(gcpAudit.recognise(sampleOf(JSON.stringify(FIXTURES[0])))).toBeGreaterThan(0.9);
});

type Expected = {
  audit_log: {
    events: number;
    with_proto_payload: number;
    binding_deltas_by_action: Record<string, number>;
    events_with_delegation_info: number;
  };
};

test.skipIf(!hasSharedData)(
  'the public entries add up: events and rejections with their reasons, bindings, delegation',
  () => {
    const expected = (expectedCounts('gcp') as Expected).audit_log;
    const logs = sharedInputs('gcp/panther-audit-log').flatMap(({ text }) =>
      (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
    );
    const all = collectValue(gcpAudit, logs);
    expect(all.records).toBe(expected.events);
    expect(all.events.length + all.rejected.length).toBe(expected.events);
    const without = all.rejected.filter(({ reason }) => reason.includes('protoPayload')).length;
    // Six of those counted as without one have it in lower case.
    expect(without).toBe(expected.events - expected.with_proto_payload - 6);
    expect(all.edgesOf('attached').length).toBeLessThanOrEqual(expected.binding_deltas_by_action['ADD'] ?? 0);
    expect(all.breaches()).toEqual([]);
  },
);

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  { bailiwick: 1, source: 'x', asOf: '2025-01-01T00:00:00Z', scopes: [{ scope: 's', complete: true }] },
  { node: { key: 'a', kind: 'service', labels: { a: 'b' }, props: { a: [1, { b: null }] } }, scope: 's' },
  { node: { key: 'b', kind: 'resource' } },
  { node: { key: 'c', kind: 'credential', expiresAt: '2025-01-01T00:00:00Z' } },
  { node: { key: 't', kind: 'team' } },
  { edge: { from: 'a', kind: 'grants', to: 'b', level: 'use', pattern: { tenant: 't', glob: 'x*' } } },
  {
    event: {
      id: '1',
      time: '2025-01-01T00:00:00Z',
      actor: 'a',
      action: 'x',
      outcome: 'allowed',
      chain: ['a'],
    },
  },
  { claim: { owner: 't', node: 'a', basis: 'register', evidence: 'x', confidence: 0.5 } },
];

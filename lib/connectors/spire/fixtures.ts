/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    spiffe_id: 'spiffe://example.org/blog',
    parent_id: 'spiffe://example.org/spire/agent/x',
    selectors: [{ type: 'unix', value: 'uid:1' }],
    ttl: 200,
    admin: true,
    federates_with: ['spiffe://other.org'],
  },
  {
    id: 'e-1',
    spiffe_id: { trust_domain: 'example.org', path: '/db' },
    parent_id: { trust_domain: 'example.org', path: '/spire/agent/x' },
    selectors: [
      { type: 'k8s', value: 'ns:shop' },
      { type: 'k8s', value: 'sa:db' },
    ],
    x509_svid_ttl: '3600',
    downstream: true,
    expires_at: '1800000000',
  },
  { resp1: { entries: [{ entry_id: '2', spiffe_id: 'example.org/api', selectors: [] }] } },
];

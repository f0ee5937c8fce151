/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  {
    _document_id: 'd-1',
    '@timestamp': 1735689600000,
    action: 'git.clone',
    actor: 'ann',
    org: 'Acme',
    repo: 'Acme/Shop',
    actor_ip: '10.0.0.1',
    hashed_token: 'c2hhMjU2',
    programmatic_access_type: 'OAuth access token',
    token_scopes: 'repo',
  },
  {
    created_at: '2025-01-01 00:00:00.1',
    action: 'integration_installation.create',
    actor: 'bob',
    org: 'acme',
    integration: 'Deployer',
    repositories_added_names: ['shop'],
  },
  {
    created_at: 1735689600000,
    action: 'repo.add_member',
    actor: 'deps[bot]',
    user: 'eve',
    permission: 'admin',
    org: 'acme',
    repo: 'acme/shop',
  },
];

const ANN = {
  type: 'user_actor',
  email_address: 'ann@example.com',
  user_id: 'user_1',
  ip_address: '10.0.0.1',
  user_agent: 'x',
};
const common = { created_at: '2025-01-01T00:00:00Z', organization_id: 'org_1' };

/** Small valid records, for tests that change them at random. */
export const FIXTURES: readonly unknown[] = [
  { id: 'a1', ...common, type: 'admin_api_key_created', admin_api_key_id: 'key_1', actor: ANN },
  {
    id: 'a2',
    ...common,
    type: 'mcp_server_created',
    mcp_server_id: 'srv_1',
    mcp_server_name: 'Warehouse',
    actor: ANN,
  },
  {
    id: 'a3',
    ...common,
    type: 'role_assignment_granted',
    target_id: 'user_2',
    role: 'project:viewer',
    resource_type: 'project',
    resource_id: 'p_1',
    actor: { type: 'api_actor', api_key_id: 'key_1' },
  },
  { id: 'a4', ...common, type: 'sso_login_failed', actor: { type: 'unauthenticated_user_actor' } },
];

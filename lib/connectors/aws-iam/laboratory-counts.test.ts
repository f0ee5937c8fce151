import { describe, expect, it } from 'vitest';
import { awsServicePrincipalKey } from '#lib/core/keys.ts';
import type { JsonValue } from '#lib/core/json.ts';
import { collect } from '../testing/collect.ts';
import type { Collected } from '../testing/collected.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { awsIam } from './connector.ts';

const FILE = 'aws-iam/cloudsplaining/account-authorization-details.json';
type Counts = Record<string, number> & {
  attachments: Record<string, number>;
  inline_policies: Record<string, number>;
  trust_statements_principals_by_kind: Record<string, number>;
  accounts_of_users_and_roles: Record<string, number>;
  assume_role_edges_between_principals_in_file: [string, string][];
};

const fromLists = (facts: Collected, list: string) =>
  [...facts.nodes.values()].filter((node) => node.standing === 'inventory' && node.key.includes(`:${list}/`));

describe.skipIf(!hasSharedData)('authorization details of a real laboratory account', () => {
  const expected = expectedCounts('aws_iam') as Counts;
  const facts = collect(awsIam, sharedInputs(FILE));
  const identities = (list: string) => fromLists(facts, list).filter((node) => !node.key.includes('#'));

  it('keeps the contract of facts and rejects nothing', () => {
    expect(facts.breaches()).toEqual([]);
    expect(facts.doubles()).toEqual([]);
    expect(facts.rejected).toEqual([]);
    expect(facts.records).toBe(44 + 5 + 78 + 84);
    expect([...facts.unknowns]).toEqual([]);
  });

  it('has every user, group, role, policy and instance profile once', () => {
    expect(identities('user').filter((node) => node.kind !== 'policy')).toHaveLength(expected['users'] ?? -1);
    expect(identities('group').filter((node) => node.kind === 'group')).toHaveLength(
      expected['groups'] ?? -1,
    );
    expect(identities('role').filter((node) => node.kind === 'role')).toHaveLength(expected['roles'] ?? -1);
    expect(facts.nodesOf('resource', 'instance_profile')).toHaveLength(expected['instance_profiles'] ?? -1);
    const managed = [
      ...facts.nodesOf('policy', 'aws_managed'),
      ...facts.nodesOf('policy', 'customer_managed'),
    ];
    expect(new Set(managed.map((node) => node.props?.['arn'])).size).toBe(expected['managed_policies']);
    expect(facts.nodesOf('policy', 'customer_managed')).toHaveLength(
      expected['managed_policies_customer'] ?? -1,
    );
    expect(facts.nodesOf('policy', 'inline')).toHaveLength(expected['inline_policies_total'] ?? -1);
  });

  it('has every attachment, inline policy and membership', () => {
    const attached = facts.edgesOf('attached').filter((edge) => edge.props?.['inline'] !== true);
    const inline = facts.edgesOf('attached').filter((edge) => edge.props?.['inline'] === true);
    for (const list of ['user', 'group', 'role']) {
      const of = (edges: typeof attached) => edges.filter((edge) => edge.from.includes(`:${list}/`));
      expect(of(attached), list).toHaveLength(expected.attachments[list] ?? -1);
      expect(of(inline), list).toHaveLength(expected.inline_policies[list] ?? -1);
    }
    expect(facts.edgesOf('member_of')).toHaveLength(expected['group_memberships'] ?? -1);
  });

  it('has every pair of the trust policies, by form of principal', () => {
    const trusts = facts.edgesOf('assumes').filter((edge) => edge.props?.['resolved'] !== true);
    const pairs = new Map(trusts.map((edge) => [`${edge.from} ${edge.to}`, edge]));
    expect(pairs.size).toBe(expected['trust_edges_distinct_ignoring_action']);
    const actions = trusts.flatMap((edge) => edge.props?.['actions'] as JsonValue[]);
    expect(actions).toHaveLength(expected['trust_edges_distinct'] ?? -1);
    const services = trusts.filter((edge) => edge.from.startsWith(awsServicePrincipalKey('')));
    expect(services).toHaveLength(expected.trust_statements_principals_by_kind['Service'] ?? -1);
    expect(new Set(services.map((edge) => edge.from)).size).toBe(expected['distinct_service_principals']);
    const sessions = trusts.filter((edge) => JSON.stringify(edge.props).includes('only the session named'));
    expect(sessions).toHaveLength(expected['trust_edges_to_sts_session_arns'] ?? -1);
    // A session ARN leaves the path out; it is the role with the path that is meant.
    expect(sessions.every((edge) => edge.from.includes(':role/aws-reserved/sso.amazonaws.com/'))).toBe(true);
    expect(sessions.every((edge) => edge.conditional === true)).toBe(true);
    const federated = trusts.filter((edge) => facts.nodes.get(edge.from)?.kind === 'integration');
    expect(federated).toHaveLength(expected.trust_statements_principals_by_kind['Federated'] ?? -1);
  });

  it('has the trusts between principals of the file', () => {
    for (const [from, to] of expected.assume_role_edges_between_principals_in_file)
      expect(facts.edgesOf('assumes', { from, to })).not.toHaveLength(0);
  });

  it('tells service-linked roles, roles of Identity Center and last uses', () => {
    const roles = facts
      .nodesOf('role')
      .filter((node) => node.standing === 'inventory' && node.type !== 'administrator');
    expect(roles.filter((role) => role.managed === true)).toHaveLength(
      expected['service_linked_roles'] ?? -1,
    );
    const center = roles.filter((role) => role.key.includes('/aws-reserved/sso.amazonaws.com/'));
    expect(center).toHaveLength(expected['sso_reserved_roles'] ?? -1);
    expect(center.every((role) => role.type === 'human')).toBe(true);
    expect(roles.filter((role) => role.lastUsedAt !== undefined)).toHaveLength(
      expected['roles_with_last_used'] ?? -1,
    );
  });

  it('has the policies that give everything, and who holds one directly or by a group', () => {
    const whole = new Set(
      facts
        .edgesOf('grants')
        .filter((edge) => edge.level === 'admin' && /^aws:\/\/\d+$/.test(edge.to))
        .map((edge) => edge.from),
    );
    const arns = new Set(
      [...whole].map((key) => facts.nodes.get(key)?.props?.['arn']).filter((arn) => arn !== undefined),
    );
    expect(arns.size).toBe(expected['policies_star_on_star']);
    const holds = (key: string): boolean =>
      facts
        .edgesOf('attached', { from: key })
        .some((edge) => arns.has(facts.nodes.get(edge.to)?.props?.['arn'] ?? null)) ||
      facts.edgesOf('member_of', { from: key }).some((edge) => holds(edge.to));
    expect(identities('user').filter((node) => holds(node.key))).toHaveLength(
      expected['users_admin_star'] ?? -1,
    );
    const roles = identities('role').filter((node) => node.kind === 'role');
    expect(roles.filter((node) => holds(node.key))).toHaveLength(expected['roles_admin_star'] ?? -1);
  });

  it('tells the two accounts of the file apart, and speaks for both', () => {
    for (const [account, count] of Object.entries(expected.accounts_of_users_and_roles)) {
      const own = [...identities('user'), ...identities('role')].filter(
        (node) => node.tenant === account && node.kind !== 'policy',
      );
      expect(own).toHaveLength(count);
    }
    expect(facts.scopes).toEqual([
      { scope: 'aws:200611803367:iam', complete: true },
      { scope: 'aws:012345678901:iam', complete: true },
    ]);
    const across = facts.edgesOf('grants').filter((edge) => {
      const from = facts.nodes.get(edge.from)?.tenant;
      return from !== facts.nodes.get(edge.to)?.tenant && edge.conditional !== true;
    });
    expect(across).toEqual([]);
  });
});

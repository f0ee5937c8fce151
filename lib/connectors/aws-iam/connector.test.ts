import { describe, expect, it } from 'vitest';
import { awsAccountKey, awsServiceKey, awsServicePrincipalKey } from '#lib/core/keys.ts';
import type { JsonValue } from '#lib/core/json.ts';
import type { Input } from '../testing/split.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
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

const A = '111111111111';
const B = '222222222222';
const arn = (rest: string, account = A): string => `arn:aws:iam::${account}:${rest}`;
type Doc = Record<string, unknown>;
const allow = (action: unknown, resource: unknown = '*', more: Doc = {}): Doc => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});
const policy = (name: string, ...statements: Doc[]): Doc => ({
  PolicyName: name,
  Arn: arn(`policy/${name}`),
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: { Statement: statements } }],
});
const user = (name: string, more: Doc = {}): Doc => ({
  UserName: name,
  UserId: `AIDA${name.toUpperCase().padEnd(16, 'X')}`,
  Arn: arn(`user/${name}`),
  ...more,
});
const inline = (...statements: Doc[]): Doc => ({
  UserPolicyList: [{ PolicyName: 'inline', PolicyDocument: { Statement: statements } }],
});
const attach = (...names: string[]): Doc => ({
  AttachedManagedPolicies: names.map((name) => ({ PolicyName: name, PolicyArn: arn(`policy/${name}`) })),
});
const role = (name: string, trust: Doc | Doc[], more: Doc = {}): Doc => ({
  RoleName: name,
  RoleId: `AROA${name.toUpperCase().padEnd(16, 'X')}`,
  Arn: arn(`role/${name}`),
  AssumeRolePolicyDocument: { Statement: trust },
  ...more,
});
const trusts = (principal: unknown, more: Doc = {}): Doc => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...more,
});

function read(lists: { users?: Doc[]; groups?: Doc[]; roles?: Doc[]; policies?: Doc[] } & Doc): Collected {
  const { users = [], groups = [], roles = [], policies = [], ...rest } = lists;
  const facts = collectValue(awsIam, {
    UserDetailList: users,
    GroupDetailList: groups,
    RoleDetailList: roles,
    Policies: policies,
    ...rest,
  });
  expect(facts.breaches()).toEqual([]);
  return facts;
}

const grants = (facts: Collected, name = 'u') =>
  facts.edgesOf('grants', { from: `${arn(`user/${name}`)}#policy/inline` });

describe('policy documents', () => {
  it('reads URL-encoded text, an object, and single values in place of lists alike', () => {
    const statement = allow('s3:GetObject', 'arn:aws:s3:::b/*');
    const document = { Version: '2012-10-17', Statement: statement };
    const spellings: unknown[] = [
      document,
      encodeURIComponent(JSON.stringify(document)),
      JSON.stringify(document),
      { statement: [{ effect: 'Allow', action: ['s3:GetObject'], resource: ['arn:aws:s3:::b/*'] }] },
    ];
    const results = spellings.map((PolicyDocument) =>
      grants(read({ users: [user('u', { UserPolicyList: [{ PolicyName: 'inline', PolicyDocument }] })] })),
    );
    expect(results[0]).toHaveLength(1);
    expect(results[0]?.[0]).toMatchObject({ to: 'arn:aws:s3:::b', level: 'read', qualifier: '#1' });
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('takes the default version, not the last', () => {
    const facts = read({
      users: [user('u', attach('p'))],
      policies: [
        {
          ...policy('p'),
          PolicyVersionList: [
            { VersionId: 'v1', IsDefaultVersion: true, Document: { Statement: allow('sqs:SendMessage') } },
            { VersionId: 'v2', IsDefaultVersion: false, Document: { Statement: allow('*') } },
          ],
        },
      ],
    });
    expect(facts.edgesOf('grants').map((edge) => [edge.to, edge.level])).toEqual([
      [awsServiceKey(A, 'sqs'), 'use'],
    ]);
  });

  it('reads lower-cased exports', () => {
    const facts = collectValue(awsIam, {
      userdetaillist: [
        { username: 'u', userid: 'AIDAUUUUUUUUUUUUUUUU', arn: arn('user/u'), grouplist: ['g'] },
      ],
      groupdetaillist: [{ groupname: 'g', groupid: 'AGPAUUUUUUUUUUUUUUUU', arn: arn('group/g') }],
      roledetaillist: [],
      policies: [],
    });
    expect(facts.triples('member_of')).toEqual([`${arn('user/u')} member_of ${arn('group/g')}`]);
  });

  it('joins pages whatever their order, and does not speak for the account when one says that more follow', () => {
    const pages: Input[] = [
      { UserDetailList: [user('u', { GroupList: ['g'], ...attach('p') })], IsTruncated: true },
      { GroupDetailList: [{ GroupName: 'g', Arn: arn('group/g') }], RoleDetailList: [role('r', [])] },
      { Policies: [policy('p', allow('sns:Publish'))], IsTruncated: false },
    ].map((page, index) => ({ file: `page-${index}.json`, text: JSON.stringify(page) }));
    const facts = collect(awsIam, pages);
    const reversed = collect(awsIam, pages.toReversed());
    expect(facts.triples()).toEqual(reversed.triples());
    expect(facts.triples('attached', 'member_of')).toHaveLength(2);
    expect(facts.scopes).toEqual([{ scope: `aws:${A}:iam`, complete: false }]);
  });

  it('does not speak for the account when the dump was filtered', () => {
    expect(read({ users: [user('u')] }).scopes).toEqual([{ scope: `aws:${A}:iam`, complete: false }]);
    const missing = read({ users: [user('u', attach('p'))], roles: [role('r', [])] });
    expect(missing.scopes).toEqual([{ scope: `aws:${A}:iam`, complete: false }]);
    expect(missing.triples('attached')).toEqual([`${arn('user/u')} attached ${arn('policy/p')}`]);
    const whole = read({ users: [user('u')], roles: [role('r', [])] });
    expect(whole.scopes).toEqual([{ scope: `aws:${A}:iam`, complete: true }]);
  });
});

describe('grants', () => {
  it('folds parts into what contains them, and resources of a pattern into the pattern', () => {
    const facts = read({
      users: [
        user(
          'u',
          inline(
            allow(
              ['s3:GetObject', 's3:PutObject', 'logs:PutLogEvents', 'dynamodb:Query', 'sqs:*'],
              [
                'arn:aws:s3:::bucket/a/*',
                'arn:aws:s3:::team-*/x',
                `arn:aws:logs:eu-west-1:${A}:log-group:/app:log-stream:s`,
                `arn:aws:dynamodb:eu-west-1:${A}:table/t/index/i`,
                `arn:aws:sqs:*:*:*`,
              ],
            ),
          ),
        ),
      ],
    });
    const found = grants(facts).map((edge) => [edge.to, edge.level, edge.pattern?.glob ?? null]);
    expect(found).toEqual([
      ['arn:aws:s3:::bucket', 'write', null],
      ['arn:aws:s3:::team-*', 'write', 'arn:aws:s3:::team-*'],
      [`arn:aws:logs:eu-west-1:${A}:log-group:/app`, 'write', null],
      [`arn:aws:dynamodb:eu-west-1:${A}:table/t`, 'read', null],
      [awsServiceKey(A, 'sqs'), 'admin', 'arn:*:sqs:*'],
    ]);
    expect(grants(facts)[0]?.props?.['actions']).toEqual(['s3:getobject', 's3:putobject']);
  });

  it('gives the account to nobody but who may do everything, and never reads NotX as X', () => {
    const to = (statement: Doc) =>
      grants(read({ users: [user('u', inline(statement))] }))
        .filter((edge) => edge.to === awsAccountKey(A))
        .map((edge) => [edge.level, edge.limited ?? false]);
    expect(to(allow('*'))).toEqual([['admin', false]]);
    expect(to({ Effect: 'Allow', NotAction: ['iam:*', 'organizations:*'], Resource: '*' })).toEqual([
      ['write', true],
    ]);
    expect(to({ Effect: 'Allow', NotAction: 'aws-portal:*', Resource: '*' })).toEqual([['admin', true]]);
    expect(to({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::secret' })).toEqual([
      ['write', true],
    ]);
    expect(to(allow('*:Describe*'))).toEqual([['read', false]]);
    expect(to(allow('s3:*'))).toEqual([]);
  });

  it('removes what an unconditional deny covers and marks what is denied in part', () => {
    const deny = (action: string, resource = '*', more: Doc = {}): Doc => ({
      ...allow(action, resource, more),
      Effect: 'Deny',
    });
    const left = (...statements: Doc[]) =>
      grants(read({ users: [user('u', inline(...statements))] })).map((edge) => [
        edge.props?.['actions'],
        edge.limited ?? false,
      ]);
    const both = allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::b/*');
    expect(left(both, deny('s3:*'))).toEqual([]);
    expect(left(both, deny('s3:Put*'))).toEqual([[['s3:getobject'], false]]);
    expect(left(both, deny('s3:*', 'arn:aws:s3:::b/private/*'))).toEqual([
      [['s3:getobject', 's3:putobject'], true],
    ]);
    expect(
      left(both, deny('s3:*', '*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } })),
    ).toEqual([[['s3:getobject', 's3:putobject'], true]]);
    expect(left(both, { Effect: 'Deny', NotAction: 's3:GetObject', Resource: '*' })).toEqual([
      [['s3:getobject'], true],
    ]);
    expect(left(both, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:s3:::other/*' })).toEqual([]);
  });

  it('keeps conditions in words, and knows that a date has passed', () => {
    const edge = (condition: Doc) =>
      grants(
        read({ users: [user('u', inline(allow('sqs:SendMessage', '*', { Condition: condition })))] }),
      )[0];
    expect(edge({ IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.0.2.0/24'] } })).toMatchObject({
      conditional: true,
      props: { conditions: ['IpAddress aws:SourceIp = 10.0.0.0/8 or 192.0.2.0/24'] },
    });
    expect(edge({ DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })).toBeUndefined();
    expect(
      edge({ DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } })?.conditional,
    ).toBeUndefined();
  });

  it('shows what a permissions boundary and a deny elsewhere leave of a shared policy, and no more', () => {
    const facts = read({
      users: [
        user('free', attach('all')),
        user('bound', {
          ...attach('all'),
          PermissionsBoundary: { PermissionsBoundaryArn: arn('policy/ceiling') },
        }),
        user('denied', attach('all', 'none')),
      ],
      policies: [
        policy('all', allow('*')),
        policy('ceiling', allow(['s3:*', 'sqs:*'])),
        policy('none', { Effect: 'Deny', Action: '*', Resource: '*' }),
      ],
    });
    const reached = (name: string): string[] =>
      facts
        .edgesOf('attached', { from: arn(`user/${name}`) })
        .flatMap((edge) => facts.edgesOf('grants', { from: edge.to }))
        .map((edge) => `${edge.level ?? ''} ${edge.to}`);
    expect(reached('free')).toEqual([`admin ${awsAccountKey(A)}`]);
    expect(reached('bound')).toEqual([`admin ${awsServiceKey(A, 's3')}`, `admin ${awsServiceKey(A, 'sqs')}`]);
    expect(reached('denied')).toEqual([]);
    expect(facts.edgesOf('attached')).toHaveLength(4);
  });

  it('does not let a quarantined user inherit by its group what is denied to it', () => {
    const facts = read({
      users: [user('free', { GroupList: ['g'] }), user('held', { GroupList: ['g'], ...attach('none') })],
      groups: [{ GroupName: 'g', Arn: arn('group/g'), ...attach('all') }],
      policies: [policy('all', allow('*')), policy('none', { Effect: 'Deny', Action: '*', Resource: '*' })],
    });
    const reached = (key: string): string[] =>
      facts.edges
        .filter((edge) => edge.from === key && ['member_of', 'attached', 'grants'].includes(edge.kind))
        .flatMap((edge) => (edge.kind === 'grants' ? [edge.to] : reached(edge.to)));
    expect(reached(arn('user/free'))).toEqual([awsAccountKey(A)]);
    expect(reached(arn('user/held'))).toEqual([]);
    expect(facts.edgesOf('member_of')).toHaveLength(2);
  });

  it('keeps what AWS maintains apart by account', () => {
    const managed = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const holds = { AttachedManagedPolicies: [{ PolicyName: 'AdministratorAccess', PolicyArn: managed }] };
    const facts = read({
      users: [user('a', holds), { ...user('b', holds), Arn: arn('user/b', B) }],
      policies: [{ ...policy('AdministratorAccess', allow('*')), Arn: managed }],
    });
    const [a] = facts.edgesOf('attached', { from: arn('user/a') });
    expect(facts.edgesOf('grants', { from: a?.to ?? '' }).map((edge) => edge.to)).toEqual([awsAccountKey(A)]);
  });
});

describe('trust', () => {
  const froms = (facts: Collected, name = 'r') =>
    facts
      .edgesOf('assumes', { to: arn(`role/${name}`) })
      .map((edge) => [edge.from, edge.conditional ?? false]);

  it('reads every form of principal', () => {
    const forms: [unknown, string, boolean][] = [
      ['*', 'aws://anyone', false],
      [{ AWS: '*' }, 'aws://anyone', false],
      [{ AWS: B }, arn('root', B), false],
      [{ AWS: arn('root', B) }, arn('root', B), false],
      [{ AWS: arn('user/x', B) }, arn('user/x', B), false],
      [{ AWS: [`arn:aws:sts::${B}:assumed-role/x/session`] }, arn('role/x', B), true],
      [{ AWS: 'AROAABCDEFGHIJKLMNOP' }, 'aws://deleted/AROAABCDEFGHIJKLMNOP', true],
      [{ Service: 'lambda.amazonaws.com' }, 'aws://services/lambda.amazonaws.com', false],
      [{ Federated: arn('saml-provider/idp') }, arn('saml-provider/idp'), false],
      [
        { Federated: 'cognito-identity.amazonaws.com' },
        'aws://services/cognito-identity.amazonaws.com',
        false,
      ],
      [{ CanonicalUser: 'abc' }, 'aws://principals/CanonicalUser/abc', false],
    ];
    for (const [principal, key, conditional] of forms)
      expect(froms(read({ roles: [role('r', trusts(principal))] }))).toEqual([[key, conditional]]);
  });

  it('finds the principals that a trust in the own account lets in by their own policies', () => {
    const facts = read({
      users: [user('in', inline(allow('sts:AssumeRole', arn('role/*')))), user('out')],
      roles: [role('r', trusts({ AWS: arn('root') }))],
    });
    expect(froms(facts)).toEqual([
      [arn('root'), false],
      [arn('user/in'), false],
    ]);
  });

  it('asks for a permission of its own from a principal of another account', () => {
    const other = (more: Doc) => ({ ...user('x', more), Arn: arn('user/x', B) });
    const trust = role('r', trusts({ AWS: arn('user/x', B) }));
    expect(froms(read({ users: [other({})], roles: [trust] }))).toEqual([[arn('user/x', B), true]]);
    const may = inline(allow('sts:AssumeRole', arn('role/r')));
    expect(froms(read({ users: [other(may)], roles: [trust] }))).toEqual([[arn('user/x', B), false]]);
  });

  it('keeps conditions, leaves out what a deny removes, and does not take tagging for assuming', () => {
    const external = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
    expect(froms(read({ roles: [role('r', trusts({ AWS: B }, external))] }))).toEqual([
      [arn('root', B), true],
    ]);
    const denied = [
      trusts({ Service: ['a.amazonaws.com', 'b.amazonaws.com'] }),
      { ...trusts({ Service: 'a.amazonaws.com' }), Effect: 'Deny' },
    ];
    expect(froms(read({ roles: [role('r', denied)] })).map(([from]) => from)).toEqual([
      'aws://services/b.amazonaws.com',
    ]);
    expect(froms(read({ roles: [role('r', { ...trusts({ AWS: B }), Action: 'sts:TagSession' })] }))).toEqual(
      [],
    );
  });

  it('names the role of another account that a policy lets it assume, until its trust is known', () => {
    const facts = read({ users: [user('u', inline(allow('sts:AssumeRole', arn('role/far', B))))] });
    expect(facts.edgesOf('assumes')).toMatchObject([
      { from: arn('user/u'), to: arn('role/far', B), conditional: true },
    ]);
  });
});

describe('identities', () => {
  it('takes owner, environment, sensitivity and purpose from tags, and leaves out what is named like a secret', () => {
    const tags = {
      Owner: 'Jo@Example.com',
      team: 'Payments',
      env: 'prod',
      'data-classification': 'Confidential',
      purpose: 'billing',
      'db-password': 'canary-1',
    };
    const facts = read({
      users: [user('u', { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) })],
    });
    expect(facts.nodes.get(arn('user/u'))).toMatchObject({
      environment: 'production',
      sensitivity: 'confidential',
      purpose: 'billing',
    });
    expect(facts.claims.map((claim) => [claim.owner, claim.basis])).toEqual([
      ['mailto:jo@example.com', 'tag'],
      ['team://payments', 'tag'],
    ]);
    expect(facts.text()).not.toContain('canary-1');
  });

  it('takes a user for a person only where there is a sign-in to the console', () => {
    const facts = read({ users: [user('bot'), user('jo', { PasswordLastUsed: '2025-01-01T00:00:00Z' })] });
    expect([facts.nodes.get(arn('user/bot'))?.kind, facts.nodes.get(arn('user/jo'))?.kind]).toEqual([
      'service_account',
      'person',
    ]);
  });

  it('limits PassRole to the service that its condition names', () => {
    const service = (host: string, name: string) =>
      role(name, trusts({ Service: host }), {
        InstanceProfileList: [{ Arn: arn(`instance-profile/${name}`) }],
      });
    const statement = allow('iam:PassRole', '*', {
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    });
    const facts = read({
      users: [
        user(
          'u',
          inline(statement, allow(['lambda:CreateFunction', 'lambda:InvokeFunction', 'ec2:RunInstances'])),
        ),
      ],
      roles: [service('lambda.amazonaws.com', 'l'), service('ec2.amazonaws.com', 'e')],
    });
    expect(facts.edgesOf('escalates')).toMatchObject([
      { to: arn('role/l'), qualifier: 'PassExistingRoleToNewLambdaThenInvoke' },
    ]);
    expect(facts.edgesOf('escalates')[0]?.conditional).toBeUndefined();
  });
});

describe('recognition and refusal', () => {
  it('knows the format by its lists and not by the file name', () => {
    expect(
      awsIam.recognise(sampleOf('{"UserDetailList":[],"RoleDetailList":[],"Policies":[]}', 'x.dump')),
    ).toBe(1);
    expect(awsIam.recognise(sampleOf('{"Records":[]}', 'account-authorization-details.json'))).toBe(0);
    expect(awsIam.recognise(sampleOf('{"Policies":[{"PolicyName":"x"}]}'))).toBe(0);
  });

  it('rejects what has no ARN or no readable document, and keeps the rest', () => {
    const facts = read({
      users: [
        user('u'),
        { UserName: 'no-arn' },
        user('bad', { UserPolicyList: [{ PolicyName: 'p', PolicyDocument: '%7Bnot' }] }),
      ],
      policies: [{ ...policy('p'), PolicyVersionList: [] }],
    });
    expect(facts.rejected.map((one) => one.number)).toEqual([2, 3, 4]);
    expect(facts.nodes.has(arn('user/u'))).toBe(true);
  });
});

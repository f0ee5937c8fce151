import { describe, expect, it } from 'vitest';
import { awsAccountKey, awsServiceKey } from '#lib/core/keys.ts';
import { A, B, arn, allow, policy, user, inline, attach, grants, read, type Doc } from './test-account.ts';

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

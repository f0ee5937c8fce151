import { describe, expect, it } from 'vitest';
import type { Collected } from '../testing/collected.ts';
import { B, arn, allow, user, inline, role, trusts, read, type Doc } from './test-account.ts';

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

import { describe, expect, it } from 'vitest';
import { awsServiceKey } from '#lib/core/keys.ts';
import { collect, collectValue } from '../testing/collect.ts';
import type { Input } from '../testing/split.ts';
import { awsIam } from './connector.ts';
import { A, arn, allow, policy, user, attach, role, grants, read } from './test-account.ts';

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

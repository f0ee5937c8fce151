import { describe, expect, it } from 'vitest';
import { sampleOf } from '../testing/collect.ts';
import { awsIam } from './connector.ts';
import { arn, allow, policy, user, inline, role, trusts, read } from './test-account.ts';

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

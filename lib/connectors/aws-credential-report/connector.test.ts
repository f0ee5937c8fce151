import { describe, expect, it } from 'vitest';
import { awsRootUserKey } from '#lib/core/keys.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { awsCredentialReport } from './connector.ts';

describe.skipIf(!hasSharedData)('a recorded credential report', () => {
  const expected = expectedCounts('aws_credential_report') as Record<string, number>;
  const facts = collect(
    awsCredentialReport,
    sharedInputs('aws-iam/cloudmapper-demo/iam-get-credential-report.json'),
  );
  const keys = facts.nodesOf('credential', 'access_key');

  it('has every user, key, password and second factor', () => {
    expect(facts.breaches()).toEqual([]);
    const holders = [...facts.nodes.values()].filter((node) => node.props?.['mfa'] !== undefined);
    expect(holders).toHaveLength(expected['rows'] ?? -1);
    expect(holders.filter((node) => node.type === 'root_user')).toHaveLength(expected['root_rows'] ?? -1);
    expect(holders.filter((node) => node.props?.['mfa'] === true)).toHaveLength(expected['mfa_active'] ?? -1);
    const active = keys.filter((key) => key.props?.['active'] === true);
    expect(active).toHaveLength(expected['access_keys_active'] ?? -1);
    expect(active.filter((key) => key.props?.['everUsed'] === false)).toHaveLength(
      expected['access_keys_active_never_used'] ?? -1,
    );
    // Slots that are off and have no date hold no key.
    expect(keys).toHaveLength(expected['access_keys_active'] ?? -1);
    expect(facts.nodesOf('person')).toHaveLength(expected['password_enabled_true'] ?? -1);
    expect(facts.edgesOf('authenticates').filter((edge) => edge.from.includes('#key'))).toHaveLength(4);
  });

  it('has the one user with two active keys, and speaks for the account', () => {
    const held = Map.groupBy(keys, (key) => key.key.split('#')[0]);
    expect([...held.values()].filter((list) => list.length === 2)).toHaveLength(
      expected['users_with_two_active_keys'] ?? -1,
    );
    expect(facts.scopes).toEqual([{ scope: 'aws:123456789012:credentials', complete: true }]);
  });
});

const HEADER =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const ARN = 'arn:aws:iam::111111111111:user/u';
const row = (more: Record<string, string>): string => {
  const cells = new Map(HEADER.split(',').map((name) => [name, 'N/A']));
  for (const [name, value] of Object.entries({
    user: 'u',
    arn: ARN,
    password_enabled: 'false',
    mfa_active: 'false',
    ...more,
  }))
    cells.set(name, value);
  return `${HEADER}\n${[...cells.values()].join(',')}\n`;
};
const csv = (more: Record<string, string>) =>
  collect(awsCredentialReport, { file: 'report.csv', text: row(more), syntax: 'csv' });

describe('cells', () => {
  const used = (value: string) => {
    const key = csv({
      access_key_1_active: 'true',
      access_key_1_last_rotated: '2024-01-01T00:00:00+00:00',
      access_key_1_last_used_date: value,
    });
    return key.nodes.get(`${ARN}#key1`);
  };

  it('tells never used from unknown', () => {
    expect(used('N/A')?.props).toEqual({ active: true, everUsed: false });
    expect(used('no_information')?.props).toEqual({ active: true });
    expect(used('2025-01-02T00:00:00+00:00')).toMatchObject({
      lastUsedAt: '2025-01-02T00:00:00Z',
      props: { everUsed: true },
    });
    expect(used('N/A')).not.toHaveProperty('lastUsedAt');
  });

  it('keeps a key that is switched off, which proves nothing', () => {
    const facts = csv({
      access_key_2_active: 'false',
      access_key_2_last_rotated: '2024-01-01T00:00:00+00:00',
    });
    expect(facts.nodes.get(`${ARN}#key2`)?.props).toEqual({ active: false });
    expect(facts.edgesOf('holds')).toHaveLength(1);
    expect(facts.edgesOf('authenticates')).toEqual([]);
  });

  it('makes a sign-in with a second factor conditional', () => {
    const facts = csv({
      password_enabled: 'true',
      mfa_active: 'true',
      password_next_rotation: '2026-02-01T00:00:00+00:00',
    });
    expect(facts.nodes.get(`${ARN}#password`)).toMatchObject({
      boundTo: 'person',
      expiresAt: '2026-02-01T00:00:00Z',
    });
    expect(facts.edgesOf('authenticates')).toMatchObject([{ conditional: true }]);
    expect(facts.nodes.get(ARN)?.kind).toBe('person');
  });

  it('takes the root user for one identity, apart from all principals of the account', () => {
    const facts = csv({
      user: '<root_account>',
      arn: 'arn:aws:iam::111111111111:root',
      password_enabled: 'not_supported',
      password_last_used: '2025-01-01T00:00:00+00:00',
    });
    expect(facts.breaches()).toEqual([]);
    expect(facts.edgesOf('grants', { from: awsRootUserKey('111111111111') })).toMatchObject([
      { level: 'admin' },
    ]);
    expect(facts.nodes.has('arn:aws:iam::111111111111:root#password')).toBe(true);
  });

  it('has certificates', () => {
    const facts = csv({ cert_1_active: 'true', cert_1_last_rotated: '2024-01-01T00:00:00+00:00' });
    expect(facts.nodes.get(`${ARN}#cert1`)?.type).toBe('signing_certificate');
  });
});

describe('forms', () => {
  it('reads CSV, the answer of the command line and the base64 of the API alike', () => {
    const text = row({ access_key_1_active: 'true' });
    const facts = [
      collect(awsCredentialReport, { file: 'r.csv', text, syntax: 'csv' }),
      collectValue(awsCredentialReport, { Content: text, ReportFormat: 'text/csv' }),
      collectValue(awsCredentialReport, { Content: Buffer.from(text).toString('base64') }),
    ];
    for (const one of facts) expect(one.text()).toBe(facts[0]?.text());
    expect(facts[0]?.nodesOf('credential')).toHaveLength(1);
  });

  it('recognises each and nothing else', () => {
    const text = row({});
    const base64 = Buffer.from(text).toString('base64');
    expect(awsCredentialReport.recognise(sampleOf(text, 'x', 'csv'))).toBe(1);
    expect(awsCredentialReport.recognise(sampleOf(JSON.stringify({ Content: text })))).toBe(1);
    expect(awsCredentialReport.recognise(sampleOf(JSON.stringify({ Content: base64 })))).toBe(1);
    expect(awsCredentialReport.recognise(sampleOf('user,arn,team\na,b,c', 'x', 'csv'))).toBe(0);
    expect(awsCredentialReport.recognise(sampleOf('{"Content":"hello"}'))).toBe(0);
  });

  it('rejects rows without an ARN', () => {
    expect(csv({ arn: 'N/A' }).rejected).toHaveLength(1);
    expect(collectValue(awsCredentialReport, { Content: 7 }).rejected).toHaveLength(1);
  });
});

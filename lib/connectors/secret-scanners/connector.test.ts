import { expect, test } from 'vitest';
import { CANARY } from '../canary.ts';
import type { Connector } from '../connector.ts';
import { collect, collectValue, sampleOf } from '../testing/collect.ts';
import { expectedCounts, hasSharedData, sharedInputs } from '../testing/shared-data.ts';
import { secretScanners } from './connector.ts';
import { FIXTURES } from './fixtures.ts';

const named = (name: string): Connector => {
  const found = secretScanners.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no scanner ${name}`);
  return found;
};

test.each(secretScanners.map((one) => one.name))(
  '%s: a finding is a credential that a place exposes, and the secret is nowhere',
  (name) => {
    const found = collectValue(named(name), FIXTURES[name] ?? []);
    expect(found.rejected).toEqual([]);
    expect(found.breaches()).toEqual([]);
    expect(found.edgesOf('exposes').length).toBe(FIXTURES[name]?.length);
    expect(found.text()).not.toContain(CANARY);
    expect(found.text()).not.toContain(Buffer.from(CANARY).toString('base64'));
  },
);

test('a value in base64 and in clear is one credential; an AWS key is known by its id and tied to its user', () => {
  const base = { DetectorName: 'Slack', Verified: false, SourceMetadata: { Data: { Git: { file: 'a' } } } };
  const both = collectValue(named('trufflehog'), [
    { ...base, Raw: 'xoxb-secret-value' },
    { ...base, Raw: Buffer.from('xoxb-secret-value').toString('base64') },
  ]);
  expect(both.nodesOf('credential').length).toBe(1);
  const aws = collectValue(named('trufflehog'), FIXTURES['trufflehog']);
  expect(aws.triples('authenticates')).toEqual([
    'aws://access-keys/AKIAABCDEFGHIJKLMNOP authenticates arn:aws:iam::111122223333:user/ci',
  ]);
});

test('masked values and bare headers are told apart by place; the documentation key is no leak', () => {
  const finding = (Secret: string, File: string) => ({ RuleID: 'x', Secret, File, StartLine: 1 });
  const found = collectValue(named('gitleaks'), [
    finding('REDACTED', 'a'),
    finding('REDACTED', 'b'),
    finding('-----BEGIN RSA PRIVATE KEY-----', 'a'),
    finding('AKIAIOSFODNN7EXAMPLE', 'a'),
  ]);
  expect(found.nodesOf('credential').length).toBe(2);
  expect(found.unknowns.get('documentation example key')).toBe(1);
});

test('no findings, in its three spellings, is an empty result', () => {
  expect(collect(named('gitleaks'), { file: 'x', text: '[]' }).records).toBe(0);
  expect(collect(named('gitleaks'), { file: 'x', text: 'null', syntax: 'json' }).rejected).toEqual([]);
});

type Expected = {
  gitleaks: Record<
    string,
    {
      findings: number;
      distinct_secrets: number;
      distinct_secret_and_file: number;
      aws_example_key: number;
      redacted_values: number;
    }
  >;
  trufflehog: Record<
    string,
    { findings: number; distinct_secrets: number; with_resolved_identity_arn: number }
  >;
  ggshield: { occurrences: number; distinct_ignore_sha: number };
  github_secret_alerts: { alerts: number };
};

test.skipIf(!hasSharedData)('the public reports give the counted findings and secrets', () => {
  const expected = expectedCounts('secret_scanners') as Expected;
  for (const [file, counts] of Object.entries(expected.gitleaks)) {
    const found = collect(named('gitleaks'), sharedInputs(`secret-scanners/gitleaks/${file}`));
    const examples = found.unknowns.get('documentation example key') ?? 0;
    expect(found.records, file).toBe(counts.findings);
    expect(examples, file).toBe(counts.aws_example_key);
    expect(found.edgesOf('exposes').length + examples, file).toBe(counts.findings);
    expect(found.breaches()).toEqual([]);
  }
  const hog = collect(named('trufflehog'), sharedInputs('secret-scanners/trufflehog'));
  expect(hog.nodesOf('credential').length).toBe(expected.trufflehog['v3_git.json']?.distinct_secrets);
  expect(hog.edgesOf('authenticates').length).toBe(
    expected.trufflehog['v3_git.json']?.with_resolved_identity_arn,
  );
  const shield = collect(named('ggshield'), sharedInputs('secret-scanners/ggshield'));
  expect(shield.edgesOf('exposes').length).toBe(expected.ggshield.occurrences);
  expect(shield.nodesOf('credential').length).toBe(expected.ggshield.distinct_ignore_sha);
  const alerts = collect(
    named('github-alerts'),
    sharedInputs('secret-scanners/github_secrets_detection_report'),
  );
  const examples = alerts.unknowns.get('documentation example key') ?? 0;
  expect(alerts.edgesOf('exposes').length + examples).toBe(expected.github_secret_alerts.alerts);
  for (const { file, text } of sharedInputs('secret-scanners')) {
    const scores = secretScanners.map(
      (one) =>
        [
          one.recognise(sampleOf(text.includes('"SourceMetadata"') ? (text.split('\n')[0] ?? '') : text)),
          one.name,
        ] as const,
    );
    const best = scores.toSorted((a, b) => b[0] - a[0])[0];
    expect(file.includes(best?.[1].replace('github-alerts', 'github_secrets') ?? ''), file).toBe(true);
  }
});

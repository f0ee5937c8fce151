import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import { samplesOf } from '#lib/ingest/sample.ts';
import { CONNECTORS } from './registry.ts';
import { hasSharedData, SHARED, sharedInputs } from './testing/shared-data.ts';

const HEAD_BYTES = 64 * 1024;

/** Connectors with their scores for a document, surest first; the file's name is withheld, so that content decides. */
function scores(head: string): { name: string; score: number }[] {
  const samples = samplesOf('upload', head);
  return CONNECTORS.map((connector) => ({
    name: connector.name,
    score: Math.max(
      0,
      ...samples
        .filter(({ syntax }) => connector.syntax.includes(syntax))
        .map((sample) => connector.recognise(sample)),
    ),
  })).toSorted((a, b) => b.score - a.score);
}

test('names are unique and speakable', () => {
  const names = CONNECTORS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, title } of CONNECTORS)
    expect([/^[a-z0-9-]+$/.test(name), title.length > 3]).toEqual([true, true]);
});

/** Folder or file of the public inputs, the connector that must be the surest, files that are another's or nobody's. */
const FOLDERS: readonly [folder: string, name: string, except?: RegExp][] = [
  ['aws-iam/cloudsplaining', 'aws-iam'],
  ['aws-cloudtrail/stratus-red-team', 'aws-cloudtrail'],
  ['aws-cloudtrail/invictus-ir', 'aws-cloudtrail'],
  ['k8s-rbac/kube-prometheus', 'kubernetes'],
  ['k8s-rbac/spire-quickstart', 'kubernetes'],
  ['k8s-audit/falco', 'kubernetes-audit', /fal_01_003/],
  ['backstage/giantswarm-2026-01', 'backstage'],
  ['backstage/giantswarm-2026-08', 'backstage'],
  ['codeowners', 'codeowners'],
  ['vault/tfc-jwt-login/audit.json', 'vault-audit'],
  ['spire', 'spire'],
  ['entra/scubagear/ProviderSettingsExport.json', 'entra'],
  ['gcp/gcp_scanner/iam_policy.json', 'gcp'],
  ['gcp/gcp_scanner/service_accounts.json', 'gcp'],
  ['gcp/gcp_scanner/cloud_functions.json', 'gcp'],
  ['secret-scanners/gitleaks', 'gitleaks'],
  ['secret-scanners/trufflehog', 'trufflehog'],
  ['secret-scanners/ggshield', 'ggshield'],
  ['secret-scanners/github_secrets_detection_report', 'github-alerts'],
  ['delegation-tokens', 'token-exchange'],
  ['mcp/client-config', 'mcp'],
  ['mcp/registry-seed', 'mcp'],
  ['a2a', 'a2a'],
  ['otel-genai', 'otel-genai'],
  ['ocsf', 'ocsf', /\.raw$|Detection_Finding/],
  ['ocsf/Okta', 'okta', /\.ocsf$/],
  ['ocsf/GitHub', 'github-audit', /\.ocsf$/],
];

describe.skipIf(!hasSharedData)('every public sample is taken for its own format, by its content', () => {
  test.each(FOLDERS)('%s', (folder, name, except) => {
    const inputs = sharedInputs(folder).filter(({ file }) => except?.test(file) !== true);
    expect(inputs.length).toBeGreaterThan(0);
    for (const { file, text } of inputs) {
      const [best, second] = scores(text.slice(0, HEAD_BYTES));
      expect.soft(best?.name, file).toBe(name);
      expect
        .soft((best?.score ?? 0) > (second?.score ?? 0), `${file}: ${second?.name ?? ''} is as sure`)
        .toBe(true);
    }
  });

  /** Log entries inside detection rules, as a file of their own each. */
  test.each([
    ['k8s-audit/panther-eks', 'kubernetes-audit', 14],
    ['entra/panther-signin-audit', 'entra-logs', 47],
    ['gcp/panther-audit-log', 'gcp-audit', 131],
    // Twelve of the 74 entries have no time, and are no entries of a log.
    ['okta/panther-system-log', 'okta', 62],
    ['github-audit/panther', 'github-audit', 60],
    ['ai-provider-audit/panther-anthropic', 'ai-audit', 38],
  ] as const)('%s', (folder, name, least) => {
    const logs = sharedInputs(folder).flatMap(({ text }) =>
      (parse(text) as { Tests: { Log: unknown }[] }).Tests.map(({ Log }) => Log),
    );
    const best = logs.map((log) => scores(JSON.stringify(log))[0]);
    expect(best.filter((one) => one?.name === name).length).toBeGreaterThanOrEqual(least);
    const wrong = best.filter((one) => one !== undefined && one.name !== name && one.score >= 0.5);
    expect(wrong.map((one) => one?.name)).toEqual([]);
  });

  test('UTF-16 exports of Graph objects', () => {
    for (const file of ['MockApplications.json', 'MockServicePrincipals.json']) {
      const text = readFileSync(
        path.join(SHARED ?? '', 'data/entra/scubagear/graph-objects', file),
        'utf16le',
      );
      expect(scores(text.replace(/^\uFEFF/, ''))[0]?.name).toBe('entra');
    }
  });
});

test.each([
  ['{"hello":"world"}'],
  ['[1,2,3]'],
  ['Dear all,\nplease find attached.'],
  ['colour,size\nred,3\n'],
  [stringify({ name: 'x', version: 1 })],
  ['{"version":"3","services":{"web":{"image":"x"}}}'],
])('%j is taken for nothing', (text) => {
  expect(scores(text)[0]?.score).toBeLessThan(0.5);
});

import { CANARY } from '../canary.ts';

/** Small valid records by connector, for tests that change them at random. */
export const FIXTURES: Readonly<Record<string, readonly unknown[]>> = {
  gitleaks: [
    {
      RuleID: 'generic-api-key',
      Secret: CANARY,
      Match: `key = ${CANARY}`,
      File: 'src/a.ts',
      StartLine: 3,
      Commit: 'abc',
      Date: '2025-01-01T00:00:00Z',
      Author: 'Ann',
      Message: CANARY,
    },
    {
      rule: 'AWS Access Key',
      offender: 'AKIAABCDEFGHIJKLMNOP',
      line: CANARY,
      file: 'b.yml',
      lineNumber: 1,
      repo: '.',
      repoURL: 'https://github.com/acme/shop',
    },
  ],
  trufflehog: [
    {
      DetectorName: 'AWS',
      Raw: Buffer.from(CANARY).toString('base64'),
      Redacted: 'AKIAABCDEFGHIJKLMNOP',
      Verified: true,
      SourceMetadata: {
        Data: {
          Git: {
            commit: 'abc',
            file: 'keys',
            line: 4,
            repository: `https://u:${CANARY}@github.com/acme/shop.git`,
            timestamp: '2022-06-16 10:17:40 -0700 -0700',
          },
        },
      },
      ExtraData: { arn: 'arn:aws:iam::111122223333:user/ci' },
    },
  ],
  ggshield: [
    {
      id: 'commit1',
      entities_with_incidents: [
        {
          filename: 'settings.py',
          incidents: {
            type: 'Django Secret Key',
            ignore_sha: 'sha1',
            validity: 'valid',
            occurrences: [{ match: 'ab***cd', line_start: 3 }],
          },
        },
      ],
    },
  ],
  'github-alerts': [
    {
      number: 2,
      secret_type: 'github_personal_access_token',
      secret: CANARY,
      state: 'open',
      validity: 'active',
      html_url: 'https://github.com/acme/shop/security/secret-scanning/2',
      created_at: '2025-01-01T00:00:00Z',
    },
  ],
  sarif: [
    {
      tool: { driver: { name: 'Gitleaks' } },
      results: [
        {
          ruleId: 'aws',
          message: { text: CANARY },
          partialFingerprints: { secret: 'p1' },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'a.tf' },
                region: { startLine: 2, snippet: { text: CANARY } },
              },
            },
          ],
        },
      ],
    },
  ],
};

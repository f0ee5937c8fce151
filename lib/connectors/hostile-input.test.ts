import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIXTURES as AWS_CLOUDTRAIL } from './aws-cloudtrail/fixtures.ts';
import { FIXTURES as AWS_CREDENTIAL_REPORT } from './aws-credential-report/fixtures.ts';
import { FIXTURES as AWS_IAM } from './aws-iam/fixtures.ts';
import * as awsSiblings from './aws-siblings/fixtures.ts';
import { FIXTURES as BACKSTAGE } from './backstage/fixtures.ts';
import { FIXTURES as BAILIWICK } from './bailiwick/fixtures.ts';
import { CANARY } from './canary.ts';
import { FIXTURES as CODEOWNERS } from './codeowners/fixtures.ts';
import { type Connector, RejectedRecord } from './connector.ts';
import { FIXTURES as CSV } from './csv/fixtures.ts';
import { FIXTURES as KUBERNETES } from './kubernetes/fixtures.ts';
import { FIXTURES as KUBERNETES_AUDIT } from './kubernetes-audit/fixtures.ts';
import { FIXTURES as OPENGRAPH } from './opengraph/fixtures.ts';
import { FIXTURES as A2A } from './a2a/fixtures.ts';
import { FIXTURES as AI_AUDIT } from './ai-audit/fixtures.ts';
import { FIXTURES as ENTRA } from './entra/fixtures.ts';
import { FIXTURES as ENTRA_LOGS } from './entra-logs/fixtures.ts';
import { FIXTURES as GCP } from './gcp/fixtures.ts';
import { FIXTURES as GCP_AUDIT } from './gcp-audit/fixtures.ts';
import { FIXTURES as GITHUB_AUDIT } from './github-audit/fixtures.ts';
import { FIXTURES as MCP } from './mcp/fixtures.ts';
import { FIXTURES as OCSF } from './ocsf/fixtures.ts';
import { FIXTURES as OKTA } from './okta/fixtures.ts';
import { FIXTURES as OTEL_GENAI } from './otel-genai/fixtures.ts';
import { FIXTURES as SPIRE } from './spire/fixtures.ts';
import { FIXTURES as TOKEN_EXCHANGE } from './token-exchange/fixtures.ts';
import { FIXTURES as VAULT_AUDIT } from './vault-audit/fixtures.ts';
import { FIXTURES as SECRET_SCANNERS } from './secret-scanners/fixtures.ts';
import { CONNECTORS } from './registry.ts';
import { Collected } from './testing/collected.ts';

const FIXTURES = new Map<string, readonly unknown[]>([
  ['aws-cloudtrail', AWS_CLOUDTRAIL],
  ['aws-credential-report', AWS_CREDENTIAL_REPORT],
  ['aws-iam', AWS_IAM],
  ['aws-lambda-functions', awsSiblings.FUNCTIONS],
  ['aws-last-accessed', awsSiblings.USES],
  ['aws-secrets', awsSiblings.SECRETS],
  ['backstage', BACKSTAGE],
  ['bailiwick', BAILIWICK],
  ['codeowners', CODEOWNERS],
  ['csv', CSV],
  ['kubernetes', KUBERNETES],
  ['kubernetes-audit', KUBERNETES_AUDIT],
  ['opengraph', OPENGRAPH],
  ['a2a', A2A],
  ['ai-audit', AI_AUDIT],
  ['entra', ENTRA],
  ['entra-logs', ENTRA_LOGS],
  ['gcp', GCP],
  ['gcp-audit', GCP_AUDIT],
  ['github-audit', GITHUB_AUDIT],
  ['mcp', MCP],
  ['ocsf', OCSF],
  ['okta', OKTA],
  ['otel-genai', OTEL_GENAI],
  ['spire', SPIRE],
  ['token-exchange', TOKEN_EXCHANGE],
  ['vault-audit', VAULT_AUDIT],
  ...Object.entries(SECRET_SCANNERS),
]);

const mine = CONNECTORS.filter(({ name }) => FIXTURES.has(name));

let deep: unknown = 'x';
for (let depth = 0; depth < 3000; depth += 1) deep = depth % 2 === 0 ? [deep] : { deep };

const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  ' ',
  '\0',
  '\ud800',
  '%',
  'x'.repeat(700),
  'y'.repeat(5000),
  '__proto__',
  'constructor',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '/Date(99999999999999)/',
  'arn:aws:iam::1:role/',
  'a/b/c:d//:',
  '🙂'.repeat(50),
  [],
  {},
  [null],
  [[[]]],
  [{}],
  JSON.parse('{"__proto__": {"a": 1}, "constructor": null, "toString": 1, "hasOwnProperty": "x"}'),
  deep,
];

type Step = { pick: number; action: 'replace' | 'delete' | 'wrap' | 'lower' | 'rename'; value: unknown };

const step: fc.Arbitrary<Step> = fc.record({
  pick: fc.nat(),
  action: fc.constantFrom('replace', 'replace', 'replace', 'delete', 'wrap', 'lower', 'rename'),
  value: fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.double(),
    fc.object({ maxDepth: 2 }),
  ),
});

/** All places in a value as (holder, name) pairs, without descending into what is hostile already. */
function places(value: unknown, depth = 0): [Record<string, unknown>, string][] {
  if (typeof value !== 'object' || value === null || depth > 12) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name) => [
    [holder, name] as [Record<string, unknown>, string],
    ...places(holder[name], depth + 1),
  ]);
}

function mutate(original: unknown, steps: readonly Step[]): unknown {
  const root: Record<string, unknown> = { value: structuredClone(original) };
  for (const { pick, action, value } of steps) {
    const all = places(root);
    const [holder, name] = all[pick % all.length] ?? [root, 'value'];
    if (action === 'replace') holder[name] = value;
    else if (action === 'wrap') holder[name] = [holder[name]];
    else if (action === 'delete') Reflect.deleteProperty(holder, name);
    else if (action === 'lower' && !Array.isArray(holder)) {
      const kept = holder[name];
      Reflect.deleteProperty(holder, name);
      holder[name.toLowerCase()] = kept;
    } else if (typeof value === 'string' && !Array.isArray(holder)) holder[value] = holder[name];
  }
  return root['value'];
}

function run(connector: Connector, values: readonly unknown[], complete: boolean): Collected {
  const found = new Collected();
  const reader = connector.open(found, {
    fingerprint: (secret) => `f${String(secret.length)}`,
    defaults: complete ? { tenant: 'acme/shop' } : {},
    complete,
    asOf: new Date('2026-01-01T00:00:00Z'),
  });
  values.forEach((value, index) => {
    try {
      reader.record({ value, list: null, file: 'folder/file', number: index + 1 });
    } catch (error) {
      if (!(error instanceof RejectedRecord)) throw error;
      found.rejected.push({ file: 'file', number: index + 1, reason: error.message });
    }
  });
  reader.end();
  return found;
}

test('every connector that has fixtures is in the registry', () => {
  expect(mine.map(({ name }) => name).sort()).toEqual([...FIXTURES.keys()].sort());
});

test.each(mine.map((connector) => [connector.name, connector] as const))(
  '%s reads its fixtures, and no secret of theirs is in any fact',
  (name, connector) => {
    const found = run(connector, FIXTURES.get(name) ?? [], true);
    expect(found.rejected).toEqual([]);
    expect(found.breaches()).toEqual([]);
    expect(found.text()).not.toContain(CANARY);
  },
);

test.each(mine.map((connector) => [connector.name, connector] as const))(
  '%s survives hostile records: they are read or rejected, what is read keeps the contract, no secret shows',
  (name, connector) => {
    const fixtures = FIXTURES.get(name) ?? [];
    const many = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), {
      minLength: fixtures.length,
      maxLength: fixtures.length,
    });
    fc.assert(
      fc.property(many, fc.boolean(), (steps, complete) => {
        const values = fixtures.map((fixture, index) => mutate(fixture, steps[index] ?? []));
        const found = run(connector, values, complete);
        if (name !== 'bailiwick') expect(found.breaches()).toEqual([]);
        const text = found.text();
        expect(text).not.toContain(CANARY);
        expect(text).not.toContain('\\u0000');
        expect(text.isWellFormed()).toBe(true);
        expect(found.rejected.every(({ reason }) => reason !== '' && reason.length < 400)).toBe(true);
      }),
      { numRuns: Number(process.env['FUZZ_RUNS'] ?? 300) },
    );
  },
);

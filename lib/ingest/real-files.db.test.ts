import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SHARED } from '#lib/connectors/testing/shared-data.ts';
import { useTestDatabase } from '#lib/db/test-database.ts';
import { importInput } from './import.ts';
import { actor, count, liveState } from './testing.ts';

useTestDatabase();

describe.skipIf(SHARED === null)('the public sample files (skipped where they are absent)', () => {
  const INPUTS = [
    'aws-iam',
    'aws-cloudtrail',
    'k8s-rbac',
    'backstage',
    'k8s-audit',
    'codeowners',
    'entra',
    'gcp',
    'ocsf',
    'vault',
    'spire',
    'secret-scanners',
    'otel-genai',
    'mcp',
    'a2a',
    'delegation-tokens',
  ];

  it('take effect once: the second import of every folder changes nothing, and the sums hold', async () => {
    const run = (name: string) =>
      importInput(actor, {
        inputs: [{ path: path.join(SHARED ?? '', 'data', name) }],
        options: { asOf: '2026-01-01T00:00:00Z' },
      });
    for (const name of INPUTS)
      for (const result of (await run(name)).runs) {
        expect(result.accepted + result.duplicate + result.rejected).toBe(result.records);
      }
    const before = await liveState();
    for (const name of INPUTS)
      for (const result of (await run(name)).runs) {
        expect
          .soft(result.state, `${name} ${result.format} ${JSON.stringify(result)}`.slice(0, 900))
          .toBe('unchanged');
        expect.soft(result.accepted).toBe(0);
      }
    expect(await liveState()).toEqual(before);
    expect(await count('event')).toBeGreaterThan(2_900);
  });
});

import { globSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { PERMISSIONS } from '#lib/authz/permissions.ts';
import { gateOf } from './gated.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
/** What Next reads from a route or page beside handlers. */
const CONFIGURATION = /^(metadata|generateMetadata|viewport|dynamic|runtime|maxDuration|revalidate)$/;

/** Everything that answers without a sign-in. A new entry is a decision that deserves a second look. */
const PUBLIC = [
  'app/api/auth/[...nextauth]/route.ts GET',
  'app/api/auth/[...nextauth]/route.ts POST',
  'app/api/auth/invitation/route.ts POST',
  'app/api/auth/setup/route.ts POST',
  'app/api/health/route.ts GET',
  'app/setup/page.tsx default',
  'app/sign-in/invitation/page.tsx default',
  'app/sign-in/page.tsx default',
  'app/sign-out/page.tsx default',
];

const files = globSync('app/**/{route.ts,route.tsx,page.tsx}', { cwd: ROOT }).sort();

async function gatesOf(file: string): Promise<[string, unknown][]> {
  const exported = (await import(path.join(ROOT, file))) as Record<string, unknown>;
  return Object.entries(exported)
    .filter(([name]) => !CONFIGURATION.test(name))
    .map(([name, value]) => [name, gateOf(value)]);
}

describe('every route and page', () => {
  it('is found', () => {
    expect(files.length).toBeGreaterThan(9);
  });

  it.each(files)('%s goes through the gate with a permission that exists', async (file) => {
    const gates = await gatesOf(file);
    expect(gates.length).toBeGreaterThan(0);
    for (const [name, permission] of gates) {
      expect(file.endsWith('page.tsx') ? name === 'default' : METHODS.has(name), name).toBe(true);
      expect([...Object.keys(PERMISSIONS), 'public'], `${name} has no gate`).toContain(permission);
    }
  });

  it('asks for a sign-in unless it is listed here', async () => {
    const open: string[] = [];
    for (const file of files)
      for (const [name, permission] of await gatesOf(file))
        if (permission === 'public') open.push(`${file} ${name}`);
    expect(open.sort()).toEqual(PUBLIC);
  });
});

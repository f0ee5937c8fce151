import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Input } from './split.ts';

/** Folder of the public sample inputs and their expected counts: `shared` beside the repository or higher up; null without one. */
export const SHARED = findShared(path.resolve(import.meta.dirname, '../../..'));

/** False where the public inputs are absent: the tests on them skip then. */
export const hasSharedData = SHARED !== null;

function findShared(folder: string): string | null {
  const parent = path.dirname(folder);
  if (parent === folder) return null;
  const candidate = path.join(parent, 'shared');
  return existsSync(path.join(candidate, 'design/expected-counts.json')) ? candidate : findShared(parent);
}

/** Every file below a path of the shared data, as text, in order of name. */
export function sharedInputs(relative: string): Input[] {
  if (SHARED === null) return [];
  const full = path.join(SHARED, 'data', relative);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [{ file: relative, text: readFileSync(full, 'utf8') }];
  return readdirSync(full)
    .sort()
    .flatMap((name) => sharedInputs(path.join(relative, name)));
}

/** One section of expected-counts.json, for the test to give a type; null where it is absent. */
export function expectedCounts(section: string): unknown {
  if (SHARED === null) return null;
  const text = readFileSync(path.join(SHARED, 'design/expected-counts.json'), 'utf8');
  return (JSON.parse(text) as Record<string, unknown>)[section] ?? null;
}

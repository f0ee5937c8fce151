import { readFileSync } from 'node:fs';
import path from 'node:path';

const NEXT = path.resolve(import.meta.dirname, '..', '..', '.next');
/** The framework's own pages, which hold nothing of ours. */
const INTERNAL = /^\/_(global-error|not-found)$/;

const manifest = (...file: string[]): unknown => JSON.parse(readFileSync(path.join(NEXT, ...file), 'utf8'));

/** Addresses that the production build answers, as its own manifest lists them. */
export function builtRoutes(): { api: string[]; pages: string[] } {
  const entries = Object.entries(manifest('app-path-routes-manifest.json') as Record<string, string>);
  const ending = (suffix: string) =>
    [...new Set(entries.filter(([file]) => file.endsWith(suffix)).map(([, address]) => address))]
      .filter((address) => !INTERNAL.test(address))
      .sort();
  return { api: ending('/route'), pages: ending('page') };
}

/** Server Actions of the build; none are wanted, as they would be doors beside the routes. */
export function builtActions(): string[] {
  const { node, edge } = manifest('server', 'server-reference-manifest.json') as Record<
    'node' | 'edge',
    object
  >;
  return [...Object.keys(node), ...Object.keys(edge)];
}

import { globSync } from 'node:fs';
import path from 'node:path';
import type { Door } from '#lib/authz/document.ts';
import { gateOf } from './gated.ts';
import type { RouteHandler } from './route.ts';

// Every route and page of the product, as its own files export them, for tests that must miss none.

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const ROUTE_FILES = globSync('app/**/{route.ts,route.tsx,page.tsx}', { cwd: ROOT }).sort();

/** What Next reads from a route or page beside handlers. */
const CONFIGURATION = /^(metadata|generateMetadata|viewport|dynamic|runtime|maxDuration|revalidate)$/;

export type OpenDoor = Omit<Door, 'permission'> & {
  file: string;
  permission: Door['permission'] | undefined;
  handler: RouteHandler;
};

export async function doorsOf(file: string): Promise<OpenDoor[]> {
  const exported = (await import(path.join(ROOT, file))) as Record<string, RouteHandler>;
  const address = `/${path
    .dirname(file)
    .replace(/^app\/?/, '')
    .replace(/\([^)]*\)\/?/g, '')}`;
  return Object.entries(exported)
    .filter(([name]) => !CONFIGURATION.test(name))
    .map(([name, handler]) => {
      const method = name === 'default' ? 'page' : name;
      return { file, path: address, method, permission: gateOf(handler), handler };
    });
}

export async function allDoors(): Promise<OpenDoor[]> {
  const doors: OpenDoor[] = [];
  for (const file of ROUTE_FILES) doors.push(...(await doorsOf(file)));
  return doors;
}

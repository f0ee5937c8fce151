import { globSync } from 'node:fs';
import path from 'node:path';
import { declarationOf } from './declared.ts';
import type { DeclaredRoute } from './openapi.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Every route handler below app/ with its declaration. Throws for one that `route` did not make. */
export async function declaredRoutes(): Promise<DeclaredRoute[]> {
  const routes: DeclaredRoute[] = [];
  for (const file of globSync('app/**/route.{ts,tsx}', { cwd: ROOT }).sort()) {
    const exported = (await import(path.join(ROOT, file))) as Record<string, unknown>;
    for (const [method, handler] of Object.entries(exported)) {
      if (!/^[A-Z]+$/.test(method)) continue;
      const declaration = declarationOf(handler);
      if (declaration === undefined) throw new Error(`${file} ${method} is not made by route().`);
      routes.push({ path: addressOf(file), method, declaration });
    }
  }
  return routes;
}

/** `app/(signed-in)/x/[id]/route.ts` → `/x/[id]` */
const addressOf = (file: string): string =>
  path
    .dirname(file)
    .replace(/^app/, '')
    .replaceAll(/\/\([^)]*\)/g, '');

import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/core/errors.ts';
import { db } from './client.ts';

let expected: Promise<string[]> | undefined;

/** Throws `unavailable` unless the database is up and every migration of this version is applied. */
export async function assertMigrated(): Promise<void> {
  expected ??= migrationNames();
  const missing = await db().$queryRaw<{ name: string }[]>`
    SELECT name FROM unnest(${await expected}::text[]) name
    WHERE name NOT IN (SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL)`;
  if (missing.length > 0)
    throw new AppError('unavailable', 'The database is being brought up to date. Try again soon.');
}

async function migrationNames(): Promise<string[]> {
  const folder = path.join(/* turbopackIgnore: true */ process.cwd(), 'prisma', 'migrations');
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

import { assertMigrated } from '#lib/db/assert-migrated.ts';

/** Says that this replica can serve. Throws `unavailable` while the database is away or not migrated. */
export async function reportHealth(): Promise<{ status: 'ok' }> {
  await assertMigrated();
  return { status: 'ok' };
}

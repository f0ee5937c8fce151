import { LOCKS } from './locks.ts';
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import pg from 'pg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';

const MIGRATIONS = path.resolve(import.meta.dirname, '..', '..', 'prisma', 'migrations');
const SCHEMA = path.resolve(import.meta.dirname, '..', '..', 'prisma', 'schema.prisma');

/**
 * Applies the folder prisma/migrations with Prisma's own schema engine in its WebAssembly build, so that nothing native
 * has to be downloaded. The rows of `_prisma_migrations` are the ones that `prisma migrate deploy` would write.
 * Returns the names of the migrations applied now.
 */
export async function migrate(url: string): Promise<string[]> {
  const lock = new pg.Client({ connectionString: url });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCKS.migration]);
    if (await isCurrent(lock)) return [];
    return await withEngine(url, async (engine) => {
      const result = await engine.applyMigrations({
        migrationsList: await migrationsList(),
        filters: { externalTables: [], externalEnums: [] },
      });
      return result.appliedMigrationNames;
    });
  } finally {
    await lock.end();
  }
}

/** The SQL that would bring an empty database to schema.prisma: what a new migration starts from. */
export async function schemaSql(url: string): Promise<string> {
  return withEngine(url, async (engine) => {
    const files = [{ path: SCHEMA, content: await readFile(SCHEMA, 'utf8') }];
    const result = await engine.diff({
      from: { tag: 'empty' },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.stdout ?? '';
  });
}

/** Whether every migration of the folder is applied with the content it has now; loading the engine costs a second. */
async function isCurrent(client: pg.Client): Promise<boolean> {
  const exists = await client.query<{ found: string | null }>(
    `SELECT to_regclass('_prisma_migrations')::text AS found`,
  );
  if (exists.rows[0]?.found == null) return false;
  const applied = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  const known = new Map(applied.rows.map((row) => [row.migration_name, row.checksum]));
  const { migrationDirectories } = await migrationsList();
  return migrationDirectories.every(
    ({ path: name, migrationFile }) =>
      known.get(name) === createHash('sha256').update(migrationFile.content.value).digest('hex'),
  );
}

async function migrationsList() {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok' as const,
          value: await readFile(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  );
  const lockfile = { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' };
  return { baseDir: MIGRATIONS, lockfile, shadowDbInitScript: '', migrationDirectories };
}

async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const glue = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const glueFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const module = await WebAssembly.compile(await readFile(glueFile.replace(/\.js$/, '.wasm')));
  const imports = glue as unknown as WebAssembly.ModuleImports;
  const { exports } = await WebAssembly.instantiate(module, { './schema_engine_bg.js': imports });
  (glue as unknown as { __wbg_set_wasm: (wasm: WebAssembly.Exports) => void }).__wbg_set_wasm(exports);
  (exports['__wbindgen_start'] as () => void)();
  const schema = await readFile(SCHEMA, 'utf8');
  const scripts = wholeScripts(url);
  const options = { datamodels: [['schema.prisma', schema]] as [string, string][] };
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts.factory);
  const engine = await glue.SchemaEngine.new(options, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await scripts.close();
  }
}

/**
 * The adapter cuts a script at each semicolon, also inside function bodies and comments; PostgreSQL's simple query
 * protocol takes the script as it is, in one transaction.
 */
function wholeScripts(url: string): { factory: PrismaPg; close: () => Promise<void> } {
  const factory = new PrismaPg({ connectionString: url });
  const connect = factory.connect.bind(factory);
  const open: { dispose: () => Promise<void> }[] = [];
  factory.connect = async () => {
    const connection = await connect();
    open.push(connection);
    connection.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query(script).finally(() => client.end());
    };
    return connection;
  };
  const close = async () => {
    for (const connection of open) await connection.dispose();
  };
  return { factory, close };
}

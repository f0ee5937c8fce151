import { access, constants, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Command } from 'commander';
import pg from 'pg';
import { AppError } from '#lib/core/errors.ts';
import { runningUp } from '#cli/up-lock.ts';
import { connect } from '#cli/connect.ts';
import { env, homePath } from '#lib/env.ts';

type Check = { name: string; ok: boolean; found: string; remedy: string | null };

const DISK_FREE_MIN_GB = 2;
const POSTGRES_MIN = 15;

/** `bailiwick doctor`: what is wrong with this installation and how to mend it. Exit code 1 when something is. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('say what is wrong with this installation and how to mend it')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const checks = await runChecks();
      if (options.json) console.log(JSON.stringify({ ok: checks.every((check) => check.ok), checks }));
      else for (const check of checks) printCheck(check);
      if (checks.some((check) => !check.ok)) process.exitCode = 1;
    });
}

async function runChecks(): Promise<Check[]> {
  const checks = [checkNode(), await checkHome(), await checkDisk(), await checkPort()];
  return [...checks, ...(await checkDatabase())];
}

function printCheck({ name, ok, found, remedy }: Check): void {
  console.log(`${ok ? 'ok  ' : 'BAD '} ${name}: ${found}`);
  if (!ok && remedy !== null) console.log(`      ${remedy}`);
}

function checkNode(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    name: 'Node',
    ok,
    found: process.version,
    remedy: 'Run `npm ci`: the pinned Node 24 comes with it.',
  };
}

async function checkHome(): Promise<Check> {
  const remedy = 'Give your user this folder, or set BAILIWICK_HOME to one that it can write to.';
  const found = homePath();
  const exists = await stat(found).catch(() => null);
  const ok =
    exists === null ||
    (await access(found, constants.W_OK).then(
      () => true,
      () => false,
    ));
  return { name: 'Folder', ok, found: exists ? found : `${found} (not made yet)`, remedy };
}

async function checkDisk(): Promise<Check> {
  const { bavail, bsize } = await statfs(process.cwd());
  const freeGb = (bavail * bsize) / 1e9;
  const found = `${freeGb.toFixed(1)} GB free`;
  return {
    name: 'Disk',
    ok: freeGb >= DISK_FREE_MIN_GB,
    found,
    remedy: `Free at least ${DISK_FREE_MIN_GB} GB.`,
  };
}

async function checkPort(): Promise<Check> {
  const { PORT } = env();
  if ((await runningUp()) !== null)
    return { name: 'Port', ok: true, found: `${PORT}, Bailiwick is up`, remedy: null };
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(PORT, () => server.close(() => resolve(true)));
  });
  const found = free ? `${PORT} is free` : `${PORT} is taken by another program`;
  return { name: 'Port', ok: free, found, remedy: 'Set PORT to a free one.' };
}

async function checkDatabase(): Promise<Check[]> {
  const kind = env().DATABASE_URL === undefined ? 'embedded' : 'DATABASE_URL';
  try {
    const { url, migrated } = await connect();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
    const broken = await client.query(
      `SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE NOT i.indisvalid`,
    );
    await client.end();
    const version = rows[0]?.server_version ?? 'unknown';
    const recent = Number.parseInt(version, 10) >= POSTGRES_MIN;
    const migrations = migrated.length > 0 ? `applied now: ${migrated.join(', ')}` : 'current';
    return [
      {
        name: 'Database',
        ok: recent,
        found: `PostgreSQL ${version} (${kind})`,
        remedy: `Use PostgreSQL ${POSTGRES_MIN} or newer.`,
      },
      { name: 'Migrations', ok: true, found: migrations, remedy: null },
      {
        name: 'Indexes',
        ok: broken.rowCount === 0,
        found: broken.rowCount === 0 ? 'valid' : `${broken.rowCount ?? 0} are not valid`,
        remedy: 'Run REINDEX DATABASE on it.',
      },
    ];
  } catch (error) {
    const found =
      error instanceof AppError ? error.message : error instanceof Error ? error.message : String(error);
    const remedy =
      kind === 'embedded'
        ? `Look into ${homePath('postgres.log')}.`
        : 'Check DATABASE_URL and that the server runs.';
    return [{ name: 'Database', ok: false, found, remedy }];
  }
}

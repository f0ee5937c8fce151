import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#lib/core/errors.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const STAMP = path.join(ROOT, '.next', 'bailiwick-build');
/** What the build depends on. */
const INPUTS = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema.prisma',
  'next.config.ts',
  'proxy.ts',
  'package-lock.json',
];

/** Builds the web application unless the last build is of these very sources. Returns whether it built. */
export async function buildOnce(): Promise<boolean> {
  const wanted = await digestOfSources();
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted) return false;
  await run();
  await writeFile(STAMP, wanted);
  return true;
}

async function digestOfSources(): Promise<string> {
  const hash = createHash('sha256');
  for (const input of INPUTS) {
    for (const file of await filesBelow(path.join(ROOT, input))) {
      hash
        .update(path.relative(ROOT, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(entry: string): Promise<string[]> {
  const found = await stat(entry).catch(() => null);
  if (found === null) return [];
  if (found.isFile()) return [entry];
  const names = (await readdir(entry, { recursive: true, withFileTypes: true })).filter((child) =>
    child.isFile(),
  );
  return names
    .map((child) => path.join(child.parentPath, child.name))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
}

function run(): Promise<void> {
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [next, 'build'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-20_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new AppError('internal', `The build failed.\n${output}`));
    });
  });
}

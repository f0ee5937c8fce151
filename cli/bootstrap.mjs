// Plain JavaScript for any Node from 20 on: makes sure that the dependencies are there, then hands over to the pinned Node 24.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..');
const inRoot = (...parts) => path.join(root, ...parts);
const installStamp = inRoot('node_modules', '.bailiwick-install');

/** Installs what package-lock.json names (once per lock file) and generates the database client. */
export function prepare() {
  installDependencies();
  generateClient();
}

function installDependencies() {
  const wanted = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  console.error('Installing dependencies …');
  npm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (!existsSync(pinnedNode())) npm(['rebuild', 'node', '--loglevel=error']);
  writeFileSync(installStamp, wanted);
}

function npm(args) {
  const client = process.env.npm_execpath;
  const [program, first] = client?.endsWith('.js') ? [process.execPath, [client]] : ['npm', []];
  const { status, error } = spawnSync(program, [...first, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32' && program === 'npm',
  });
  if (error || status !== 0)
    fail(
      `npm ${args[0]} failed${error ? `: ${error.message}` : ''}. Mend what it says and run the same command again.`,
    );
}

function generateClient() {
  const schema = inRoot('prisma', 'schema.prisma');
  const client = inRoot('lib', 'db', 'generated', 'client.ts');
  if (existsSync(client) && statSync(client).mtimeMs > statSync(schema).mtimeMs) return;
  const { status, stdout, stderr } = spawnSync(
    pinnedNode(),
    [inRoot('node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    {
      cwd: root,
      env: { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
      encoding: 'utf8',
    },
  );
  if (status !== 0) fail(`The database client could not be generated.\n${stdout}\n${stderr}`);
}

/** The Node 24 that comes as a dependency, so that every machine runs the same one. */
export function pinnedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return inRoot('node_modules', 'node', 'bin', name);
}

export function fail(message) {
  console.error(message);
  process.exit(1);
}

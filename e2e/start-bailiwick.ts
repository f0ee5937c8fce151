import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const READY_MS = 300_000;

/** Starts `bailiwick up --sample` on a home and a port of its own and hands its address and sign-ins to the tests. */
export default async function startBailiwick(): Promise<() => Promise<void>> {
  // While a test is written, E2E_URL, E2E_HOME and E2E_OUTPUT (what it printed) name one that runs already.
  if (process.env['E2E_URL'] !== undefined) return () => Promise.resolve();
  const home = mkdtempSync(path.join(tmpdir(), 'bailiwick-e2e-'));
  const port = await freePort();
  const main = path.resolve(import.meta.dirname, '..', 'cli', 'main.ts');
  const child = spawn(process.execPath, [main, 'up', '--sample'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      BAILIWICK_HOME: home,
      PORT: String(port),
      BAILIWICK_URL: `http://localhost:${port}`,
      // The tests send from one address what many people would; lib/http/route.db.test.ts proves the limit.
      REQUESTS_PER_MINUTE: '1000000',
    },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitUntilUp(() => output, ended);
  process.env['E2E_URL'] = `http://localhost:${port}`;
  process.env['E2E_HOME'] = home;
  process.env['E2E_OUTPUT'] = output;
  return async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
}

async function waitUntilUp(output: () => string, ended: Promise<unknown>): Promise<void> {
  const deadline = Date.now() + READY_MS;
  const state = { over: false };
  void ended.then(() => (state.over = true));
  while (!output().includes('Ctrl-C stops it.')) {
    if (state.over) throw new Error(`Bailiwick ended before it was up:\n${output()}`);
    if (Date.now() > deadline) throw new Error(`Bailiwick was not up in time:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system gave no free port.');
  return address.port;
}

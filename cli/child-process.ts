import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { AppError } from '#lib/core/errors.ts';

const STOP_MS = 10_000;

/** A process of Bailiwick's own (cli/NAME.ts) that is ready once it says so and ends when this process does. */
export async function startChild(
  name: 'web' | 'worker',
  onExit: (code: number | null) => void,
): Promise<ChildProcess> {
  const child = fork(path.resolve(import.meta.dirname, `${name}.ts`), {
    execPath: process.execPath,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('error', reject);
    child.once('exit', () =>
      reject(new AppError('unavailable', `The ${name} process ended before it was ready.`)),
    );
  });
  child.removeAllListeners('exit');
  child.once('exit', onExit);
  return child;
}

/** Asks the process to end, and ends it when it does not. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await ended;
  clearTimeout(timer);
}

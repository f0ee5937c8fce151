import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { AppError } from '#lib/core/errors.ts';
import { homePath } from '#lib/env.ts';

const LOCK = 'up.pid';

/** Takes the place of the one `bailiwick up` of this BAILIWICK_HOME; a lock whose process was killed is taken over. */
export async function takeUpLock(): Promise<() => Promise<void>> {
  const running = await runningUp();
  if (running !== null) {
    throw new AppError(
      'conflict',
      `Bailiwick already runs here (process ${running}). Stop it, or set BAILIWICK_HOME and PORT for a second one.`,
    );
  }
  await mkdir(homePath(), { recursive: true });
  await writeFile(homePath(LOCK), String(process.pid));
  return () => rm(homePath(LOCK), { force: true });
}

/** Process id of the `bailiwick up` that runs on this BAILIWICK_HOME, if one does. */
export async function runningUp(): Promise<number | null> {
  const pid = Number(await readFile(homePath(LOCK), 'utf8').catch(() => '0'));
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return null;
  try {
    process.kill(pid, 0);
  } catch {
    return null;
  }
  return (await isBailiwick(pid)) ? pid : null;
}

/** After a restart of the machine the number may belong to somebody else. */
async function isBailiwick(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return command === null ? process.platform !== 'linux' : command.includes('main.ts');
}

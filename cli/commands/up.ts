import type { ChildProcess } from 'node:child_process';
import type { Command } from 'commander';
import { buildOnce } from '#cli/build.ts';
import { startChild, stopChild } from '#cli/child-process.ts';
import { connect } from '#cli/connect.ts';
import { takeUpLock } from '#cli/up-lock.ts';
import { ensureSetupCode } from '#lib/auth/setup.ts';
import { disconnect } from '#lib/db/client.ts';
import { stopEmbedded } from '#lib/db/embedded.ts';
import { env, exportToEnvironment, homePath } from '#lib/env.ts';

/** `bailiwick up`: database, migrations, build, web server and worker, until Ctrl-C. */
export function addUp(program: Command): void {
  program
    .command('up')
    .description('start the database, the web server and the worker, and keep them running until Ctrl-C')
    .option('--sample', 'load the sample organisation first and make one sign-in per role')
    .option('--no-build', 'do not look whether the web application must be built')
    .action((options: { sample?: boolean; build: boolean }) => up(options));
}

async function up(options: { sample?: boolean; build: boolean }): Promise<void> {
  const release = await takeUpLock();
  const children: ChildProcess[] = [];
  const ended = untilAskedToStop();
  try {
    await step(
      `Database (${env().DATABASE_URL === undefined ? homePath('postgres') : 'DATABASE_URL'})`,
      connect,
    );
    if (options.build)
      await step('Web application', async () => ((await buildOnce()) ? 'built' : 'already built'));
    exportToEnvironment({ NEXTAUTH_URL: env().BAILIWICK_URL ?? `http://localhost:${env().PORT}` });
    const onExit = (name: string) => (code: number | null) =>
      ended.stop(`The ${name} process ended (${code ?? 'killed'}).`);
    children.push(await startChild('worker', onExit('worker')));
    children.push(await startChild('web', onExit('web')));
    console.log(`\nBailiwick is up: ${env().BAILIWICK_URL ?? `http://localhost:${env().PORT}`}`);
    const code = await ensureSetupCode();
    if (code !== null) console.log(`Open it to create the administrator. Set-up code: ${code}`);
    console.log('Ctrl-C stops it.');
    const failure = await ended.reason;
    if (failure !== null) {
      console.error(failure);
      process.exitCode = 1;
    }
  } finally {
    console.log('\nStopping …');
    await Promise.all(children.reverse().map(stopChild));
    await disconnect();
    if (env().DATABASE_URL === undefined) await stopEmbedded();
    await release();
  }
}

/** Prints what is being done and how it went. */
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = Date.now();
  process.stdout.write(`${name} … `);
  const outcome = await work();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${typeof outcome === 'string' ? outcome : 'ready'} (${seconds} s)`);
}

function untilAskedToStop(): { reason: Promise<string | null>; stop: (failure: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  process.once('SIGINT', () => resolve(null));
  process.once('SIGTERM', () => resolve(null));
  process.once('SIGHUP', () => resolve(null));
  return { reason: promise, stop: resolve };
}

import type { ChildProcess } from 'node:child_process';
import type { Command } from 'commander';
import { buildOnce } from '#cli/build.ts';
import { startChild, stopChild } from '#cli/child-process.ts';
import { connect } from '#cli/connect.ts';
import { prepareSample } from '#cli/prepare-sample.ts';
import { takeUpLock } from '#cli/up-lock.ts';
import type { DemoSignIn } from '#lib/auth/demo-users.ts';
import { ensureSetupCode } from '#lib/auth/setup.ts';
import { disconnect } from '#lib/db/client.ts';
import { stopEmbedded } from '#lib/db/embedded.ts';
import { env, exportToEnvironment, homePath } from '#lib/env.ts';

type Options = { sample?: boolean; build: boolean };

/** `bailiwick up`: database, migrations, build, web server and worker, until Ctrl-C. */
export function addUp(program: Command): void {
  program
    .command('up')
    .description('start the database, the web server and the worker, and keep them running until Ctrl-C')
    .option('--sample', 'load the sample organisation first and make one sign-in per role')
    .option('--no-build', 'do not look whether the web application must be built')
    .action(up);
}

async function up(options: Options): Promise<void> {
  const release = await takeUpLock();
  const children: ChildProcess[] = [];
  const stop = untilAskedToStop();
  try {
    // Asked to stop half-way, it does not finish first: every step may be cut off and is taken up again at the next start.
    await Promise.race([start(options, children, stop.because), stop.asked]);
    const failure = await stop.asked;
    if (failure !== null) {
      console.error(failure);
      process.exitCode = 1;
    }
  } finally {
    console.log('\nStopping …');
    await Promise.all(children.map(stopChild));
    await disconnect();
    if (env().DATABASE_URL === undefined) await stopEmbedded();
    await release();
    process.exit();
  }
}

async function start(options: Options, children: ChildProcess[], stop: (why: string) => void): Promise<void> {
  const database = env().DATABASE_URL === undefined ? homePath('postgres') : 'DATABASE_URL';
  await step(`Database (${database})`, connect);
  const people = options.sample ? await loadSampleFirst() : [];
  if (options.build)
    await step('Web application', async () => ((await buildOnce()) ? 'built' : 'already built'));
  const address = env().BAILIWICK_URL ?? `http://localhost:${env().PORT}`;
  exportToEnvironment({ NEXTAUTH_URL: address });
  for (const name of ['worker', 'web'] as const) {
    const onExit = (code: number | null) => stop(`The ${name} process ended (${code ?? 'killed'}).`);
    children.push(await startChild(name, onExit));
  }
  announce(address, people, await ensureSetupCode());
}

function announce(address: string, people: readonly DemoSignIn[], setupCode: string | null): void {
  console.log(`\nBailiwick is up: ${address}`);
  for (const { role, email, password } of people) console.log(`  ${role.padEnd(14)} ${email}  ${password}`);
  if (setupCode !== null) console.log(`Open it to create the administrator. Set-up code: ${setupCode}`);
  console.log('Ctrl-C stops it.');
}

async function loadSampleFirst(): Promise<DemoSignIn[]> {
  console.log('Sample organisation');
  const { people, loaded } = await prepareSample();
  if (!loaded) console.log('  already loaded');
  return people;
}

/** Prints what is being done and how it went. */
async function step(name: string, work: () => Promise<unknown>): Promise<void> {
  const started = Date.now();
  process.stdout.write(`${name} … `);
  const outcome = await work();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${typeof outcome === 'string' ? outcome : 'ready'} (${seconds} s)`);
}

/** `asked` resolves with null when a person asks to stop, or with what went wrong. */
function untilAskedToStop(): { asked: Promise<string | null>; because: (failure: string) => void } {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(null));
  return { asked: promise, because: resolve };
}

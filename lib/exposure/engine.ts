import { Worker } from 'node:worker_threads';
import { db } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import { projectPath } from '#lib/env.ts';
import type { LoadedParts, ToLoader } from './load-thread.ts';
import { isLong, type AnswerTo, type Question } from './question.ts';
import { QuestionThread } from './question-thread.ts';

/** How long a question waits for a newer snapshot before the present one answers; the answer names its version. */
const REFRESH_WAIT_MS = 2_000;
const SHORT_MS_MAX = 20_000;
/** Below the time that a request may take in all, so that the person learns what was too long. */
const LONG_MS_MAX = 45_000;

/**
 * The live graph of this process: one thread loads, one answers what takes milliseconds, one what may take seconds; all
 * read the same shared memory, and the event loop only passes messages.
 */
class Engine {
  readonly url: string;
  readonly #short = new QuestionThread(SHORT_MS_MAX);
  readonly #long = new QuestionThread(LONG_MS_MAX);
  #loaded: LoadedParts | null = null;
  #loader: Worker | null = null;
  #refresh: Promise<void> | null = null;

  constructor(url: string) {
    this.url = url;
  }

  async ask<Q extends Question>(question: Q, signal?: AbortSignal): Promise<AnswerTo<Q>> {
    await this.#beCurrent();
    const thread = isLong(question) ? this.#long : this.#short;
    return (await thread.ask(question, signal)) as AnswerTo<Q>;
  }

  async close(): Promise<void> {
    await Promise.all([this.#short.close(), this.#long.close(), this.#loader?.terminate()]);
  }

  async #beCurrent(): Promise<void> {
    const wanted = await graphVersion();
    if (this.#loaded !== null && this.#loaded.version >= wanted) return;
    this.#refresh ??= this.#load().finally(() => (this.#refresh = null));
    if (this.#loaded === null) return this.#refresh;
    const timer = Promise.withResolvers<undefined>();
    const timeout = setTimeout(() => timer.resolve(undefined), REFRESH_WAIT_MS);
    // A refresh that fails leaves the present snapshot, whose version the answer names.
    await Promise.race([this.#refresh.catch(() => undefined), timer.promise]);
    clearTimeout(timeout);
  }

  async #load(): Promise<void> {
    const loaded = await this.#loadInThread({ url: this.url, before: this.#loaded });
    this.#loaded = loaded;
    for (const thread of [this.#short, this.#long]) thread.hand(loaded.parts, loaded.version);
  }

  #loadInThread(workerData: ToLoader): Promise<LoadedParts> {
    return new Promise<LoadedParts>((resolve, reject) => {
      const thread = new Worker(projectPath('lib', 'exposure', 'load-thread.ts'), { workerData });
      this.#loader = thread;
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('The graph loader ended without a graph.')));
    }).finally(() => (this.#loader = null));
  }
}

async function graphVersion(): Promise<number> {
  const setting = await db().setting.findUnique({ where: { name: 'graph' } });
  return (setting?.value as { version?: number } | undefined)?.version ?? 0;
}

// Next evaluates server modules more than once; one engine must serve all of them.
const holder = globalThis as typeof globalThis & { bailiwickEngine?: Engine };

/**
 * Asks the graph. Throws `not_found` for a node that the graph does not have, `invalid_input` for a question without sense,
 * `unavailable` for one that takes too long or whose `signal` says that nobody waits any more.
 */
export async function askEngine<Q extends Question>(question: Q, signal?: AbortSignal): Promise<AnswerTo<Q>> {
  const url = databaseUrl();
  if (holder.bailiwickEngine?.url !== url) {
    await holder.bailiwickEngine?.close();
    holder.bailiwickEngine = new Engine(url);
  }
  return holder.bailiwickEngine.ask(question, signal);
}

/** Ends the threads of this process. */
export async function closeEngine(): Promise<void> {
  await holder.bailiwickEngine?.close();
  delete holder.bailiwickEngine;
}

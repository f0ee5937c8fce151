import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { databaseUrl } from '#lib/db/connection.ts';
import { projectPath } from '#lib/env.ts';
import type { SnapshotParts } from '#lib/graph/snapshot.ts';
import type { FromEngine, ToEngine } from './engine-thread.ts';
import type { AnswerTo, Question } from './question.ts';

/** How long a question waits for a newer snapshot before the present one answers; the answer names its version. */
const REFRESH_WAIT_MS = 2_000;

type Pending = { resolve: (answer: unknown) => void; reject: (error: Error) => void };

/** The live graph of this process: one thread loads, one answers, the event loop only passes messages. */
class Engine {
  readonly url: string;
  #thread: Worker | null = null;
  #version = 0;
  #refresh: Promise<void> | null = null;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();

  constructor(url: string) {
    this.url = url;
  }

  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    await this.#beCurrent();
    const id = this.#nextId++;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject });
    this.#send({ type: 'ask', id, question });
    return (await promise) as AnswerTo<Q>;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = null;
  }

  async #beCurrent(): Promise<void> {
    const wanted = await graphVersion();
    if (this.#thread !== null && this.#version >= wanted) return;
    this.#refresh ??= this.#load().finally(() => (this.#refresh = null));
    if (this.#thread === null) return this.#refresh;
    const timer = Promise.withResolvers<undefined>();
    const timeout = setTimeout(() => timer.resolve(undefined), REFRESH_WAIT_MS);
    // A refresh that fails leaves the present snapshot, whose version the answer names.
    await Promise.race([this.#refresh.catch(() => undefined), timer.promise]);
    clearTimeout(timeout);
  }

  async #load(): Promise<void> {
    const { parts, version } = await loadInThread(this.url);
    this.#thread ??= this.#startThread();
    this.#send({ type: 'snapshot', parts, version });
    this.#version = version;
  }

  #startThread(): Worker {
    const thread = new Worker(projectPath('lib', 'exposure', 'engine-thread.ts'));
    thread.unref();
    thread.on('message', (message: FromEngine) => this.#receive(message));
    thread.on('error', (error) => this.#fail(error instanceof Error ? error : new Error(String(error))));
    return thread;
  }

  #receive(message: FromEngine): void {
    const waiting = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#thread?.unref();
    if (message.ok) waiting?.resolve(message.answer);
    else
      waiting?.reject(
        message.code === null
          ? new Error(message.message)
          : new AppError(message.code as ErrorCode, message.message),
      );
  }

  #fail(error: Error): void {
    this.#thread = null;
    this.#version = 0;
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #send(message: ToEngine): void {
    if (message.type === 'ask') this.#thread?.ref();
    this.#thread?.postMessage(message);
  }
}

function loadInThread(url: string): Promise<{ parts: SnapshotParts; version: number }> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(projectPath('lib', 'exposure', 'load-thread.ts'), { workerData: { url } });
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', () => reject(new Error('The graph loader ended without a graph.')));
  });
}

async function graphVersion(): Promise<number> {
  const setting = await db().setting.findUnique({ where: { name: 'graph' } });
  return (setting?.value as { version?: number } | undefined)?.version ?? 0;
}

// Next evaluates server modules more than once; one engine must serve all of them.
const holder = globalThis as typeof globalThis & { bailiwickEngine?: Engine };

/** Asks the graph. Throws `not_found` for a node that the graph does not have, `invalid_input` for a question without sense. */
export async function askEngine<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
  const url = databaseUrl();
  if (holder.bailiwickEngine?.url !== url) {
    await holder.bailiwickEngine?.close();
    holder.bailiwickEngine = new Engine(url);
  }
  return holder.bailiwickEngine.ask(question);
}

/** Ends the threads of this process. */
export async function closeEngine(): Promise<void> {
  await holder.bailiwickEngine?.close();
  delete holder.bailiwickEngine;
}

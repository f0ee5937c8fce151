import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '#lib/core/errors.ts';
import { projectPath } from '#lib/env.ts';
import type { SnapshotParts } from '#lib/graph/snapshot.ts';
import type { FromEngine, ToEngine } from './engine-thread.ts';
import type { Question } from './question.ts';

type Asked = {
  id: number;
  question: Question;
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
};

/**
 * A thread that answers one question after the other. A question that runs too long, or that nobody waits for any more,
 * ends with its thread; the next one gets a new thread over the same shared memory, which costs some tens of milliseconds.
 */
export class QuestionThread {
  readonly #msMax: number;
  #graph: { parts: SnapshotParts; version: number } | null = null;
  #thread: Worker | null = null;
  #nextId = 1;
  #running: Asked | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #waiting: Asked[] = [];

  /** `msMax`: how long one question may run. */
  constructor(msMax: number) {
    this.#msMax = msMax;
  }

  /** Questions from here on are answered on this graph; the running one ends on its own. */
  hand(parts: SnapshotParts, version: number): void {
    this.#graph = { parts, version };
    if (this.#thread) this.#send(this.#thread, { type: 'snapshot', parts, version });
  }

  /** Throws what the question throws, `unavailable` after the time limit or when `signal` says that nobody waits. */
  ask(question: Question, signal?: AbortSignal): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(noLongerWanted());
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const asked = { id: this.#nextId++, question, resolve, reject };
    this.#waiting.push(asked);
    const drop = () => this.#drop(asked, noLongerWanted());
    signal?.addEventListener('abort', drop, { once: true });
    this.#runNext();
    return promise.finally(() => signal?.removeEventListener('abort', drop));
  }

  async close(): Promise<void> {
    const open = this.#running ? [this.#running, ...this.#waiting] : [...this.#waiting];
    this.#waiting.length = 0;
    const thread = this.#release();
    for (const { reject } of open) reject(new AppError('unavailable', 'The graph engine was closed.'));
    await thread?.terminate();
  }

  #runNext(): void {
    if (this.#running) return;
    const asked = this.#waiting.shift();
    if (!asked) return;
    this.#running = asked;
    const thread = (this.#thread ??= this.#start());
    thread.ref();
    this.#timer = setTimeout(() => this.#drop(asked, tookTooLong(this.#msMax)), this.#msMax);
    this.#send(thread, { type: 'ask', id: asked.id, question: asked.question });
  }

  #start(): Worker {
    const thread = new Worker(projectPath('lib', 'exposure', 'engine-thread.ts'));
    thread.on('message', (message: FromEngine) => this.#receive(message));
    thread.on('error', (error) => {
      if (thread !== this.#thread) return;
      const asked = this.#running;
      this.#release();
      asked?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#runNext();
    });
    if (this.#graph) this.#send(thread, { type: 'snapshot', ...this.#graph });
    return thread;
  }

  #receive(message: FromEngine): void {
    const asked = this.#running;
    if (asked?.id !== message.id) return;
    clearTimeout(this.#timer);
    this.#running = null;
    this.#thread?.unref();
    if (message.ok) asked.resolve(message.answer);
    else asked.reject(errorOf(message));
    this.#runNext();
  }

  #drop(asked: Asked, reason: AppError): void {
    const place = this.#waiting.indexOf(asked);
    if (place >= 0) this.#waiting.splice(place, 1);
    else if (this.#running === asked) void this.#release()?.terminate();
    asked.reject(reason);
    this.#runNext();
  }

  /** Forgets the thread and what it runs. */
  #release(): Worker | null {
    clearTimeout(this.#timer);
    const thread = this.#thread;
    this.#thread = null;
    this.#running = null;
    return thread;
  }

  #send(thread: Worker, message: ToEngine): void {
    thread.postMessage(message);
  }
}

function errorOf({ code, message }: Extract<FromEngine, { ok: false }>): Error {
  return code === null ? new Error(message) : new AppError(code as ErrorCode, message);
}

const noLongerWanted = () =>
  new AppError('unavailable', 'The question was withdrawn before it was answered.');

const tookTooLong = (ms: number) =>
  new AppError(
    'unavailable',
    `This question took longer than ${Math.round(ms / 1000)} seconds on this graph and was stopped. Narrow it (fewer hops, fewer cuts, one start).`,
  );

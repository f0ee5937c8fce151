import { parentPort } from 'node:worker_threads';
import { AppError } from '#lib/core/errors.ts';
import { Snapshot, type SnapshotParts } from '#lib/graph/snapshot.ts';
import { answer } from './answer.ts';
import type { LoadedSnapshot } from './load-snapshot.ts';
import type { Question } from './question.ts';

// Answers questions on the newest snapshot it was handed, one after the other, away from the web server's event loop.
export type ToEngine =
  | { type: 'snapshot'; parts: SnapshotParts; version: number }
  | { type: 'ask'; id: number; question: Question };
export type FromEngine =
  { id: number; ok: true; answer: unknown } | { id: number; ok: false; code: string | null; message: string };

let loaded: LoadedSnapshot | null = null;

parentPort?.on('message', (message: ToEngine) => {
  if (message.type === 'snapshot') {
    loaded = { snapshot: Snapshot.fromTransferable(message.parts), version: message.version };
    return;
  }
  parentPort?.postMessage(reply(message.id, message.question));
});

function reply(id: number, question: Question): FromEngine {
  try {
    if (loaded === null) throw new Error('A question came before the first snapshot.');
    return { id, ok: true, answer: answer(loaded, question) };
  } catch (error) {
    const code = error instanceof AppError ? error.code : null;
    return { id, ok: false, code, message: error instanceof Error ? error.message : String(error) };
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { readRun } from './read-runs.ts';
import type { RunView } from './view-schema.ts';

const WAIT_MS_MAX = 50_000;
const LOOK_EVERY_MS = 200;
const UNDER_WAY = new Set(['queued', 'reading', 'checking', 'committing']);

/** The run once it is over or waits for a person; null when that takes longer than a request may. */
export async function waitForRun(actor: Actor, publicId: string): Promise<RunView | null> {
  const deadline = Date.now() + WAIT_MS_MAX;
  while (Date.now() < deadline) {
    const run = await db().run.findUnique({ where: { publicId }, select: { state: true } });
    if (run && !UNDER_WAY.has(run.state)) return readRun(actor, publicId);
    await pause(LOOK_EVERY_MS);
  }
  return null;
}

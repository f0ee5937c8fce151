import { record } from '#lib/audit/record.ts';
import { systemActor } from '#lib/authz/actor.ts';
import { open } from '#lib/auth/instance-keys.ts';
import { canonicalJson } from '#lib/core/canonical-json.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';
import { loadPlan } from './plan.ts';
import { isUnderWay, judgeAnswer, pauseAfter } from './rules.ts';
import { signOrder, type SignedOrder } from './sign-order.ts';
import { moveRevocation, saveRevocation } from './store.ts';
import { SECRET_PURPOSE } from './webhook-store.ts';

/** Sends one signed order and gives the HTTP status; throws when no answer came in time. */
export type SendOrder = (order: SignedOrder) => Promise<{ status: number }>;

export type Delivery =
  | { outcome: 'executed' | 'failed' }
  /** sent in vain; the next attempt is due after this many milliseconds */
  | { outcome: 'retry'; afterMs: number }
  /** nothing to send, another worker has the turn, or the outcome of a newer attempt stands */
  | { outcome: 'superseded' };

const ACTOR = systemActor('system', 'Revocation delivery');

/**
 * One attempt to deliver an ordered revocation. Each attempt takes a higher number first (the fence): only the newest
 * may write its outcome, whatever order the answers come back in. Sent at least once; the receiver acts once, as the
 * idempotency key is the same for all attempts.
 */
export async function deliverRevocation(
  id: string,
  send: SendOrder,
  clock: Clock = systemClock,
): Promise<Delivery> {
  const turn = await inTransaction((tx) => takeTurn(tx, id, clock));
  if (turn === null) return { outcome: 'superseded' };
  const answer = await sendSafely(send, turn.order);
  return inTransaction((tx) => writeOutcome(tx, id, turn, answer, clock()));
}

/** Delivers every order that is due: ordered just now, or whose pause has passed without an outcome (also after a crash). */
export async function deliverDue(send: SendOrder, clock: Clock = systemClock): Promise<number> {
  const rows = await db().revocation.findMany({
    where: { state: 'approved', method: 'webhook', executedBy: { not: null } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  let sent = 0;
  for (const { id } of rows) {
    const { outcome } = await deliverRevocation(id, send, clock);
    if (outcome !== 'superseded') sent += 1;
  }
  return sent;
}

/** Attempts since a person ordered last: each leaves one step of the system. */
async function loadTries(tx: Tx, id: string): Promise<{ tries: number; lastAt: Date }> {
  const steps = await tx.revocationStep.findMany({ where: { revocationId: id }, orderBy: { id: 'desc' } });
  const ordered = steps.findIndex((step) => step.by !== ACTOR.id);
  return { tries: Math.max(0, ordered), lastAt: steps[0]?.at ?? new Date(0) };
}

type Turn = { attempt: number; tries: number; order: SignedOrder };

/** Takes the next attempt number, writes it down and makes the order; null when there is nothing to send (any more). */
async function takeTurn(tx: Tx, id: string, clock: Clock): Promise<Turn | null> {
  const row = await lockUnderWay(tx, id);
  if (row === null) return null;
  const { tries, lastAt } = await loadTries(tx, id);
  if (clock().getTime() - lastAt.getTime() < pauseAfter(tries)) return null;
  const refusal = await refuseDelivery(tx, row);
  if (refusal !== null) {
    await fail(tx, row, refusal);
    return null;
  }
  const webhook = await tx.webhook.findUniqueOrThrow({ where: { id: row.webhookId ?? '' } });
  const attempt = row.attempt + 1;
  await saveRevocation(tx, row, { attempt });
  const note = `Attempt ${attempt} sent to ${webhook.name}.`;
  await tx.revocationStep.create({
    data: { revocationId: id, state: 'approved', by: ACTOR.id, note, at: clock() },
  });
  const { plan, hash } = await loadPlan(tx, row);
  const { subject, reason } = plan;
  const body = canonicalJson({
    type: 'revocation.execute',
    revocation: id,
    attempt,
    planHash: hash,
    subject,
    reason,
  });
  const secret = open(webhook.secret, SECRET_PURPOSE);
  return {
    attempt,
    tries: tries + 1,
    order: signOrder({ id, attempt, url: webhook.url, body }, secret, clock()),
  };
}

async function lockUnderWay(tx: Tx, id: string): Promise<Revocation | null> {
  await tx.$queryRaw`SELECT 1 FROM revocation WHERE id = ${id} FOR UPDATE`;
  const row = await tx.revocation.findUnique({ where: { id } });
  return row !== null && isUnderWay(row) && row.method === 'webhook' ? row : null;
}

async function refuseDelivery(tx: Tx, row: Revocation): Promise<string | null> {
  const webhook = await tx.webhook.findUnique({ where: { id: row.webhookId ?? '' } });
  if (webhook?.removedAt !== null) return 'The webhook was removed before the order could be sent.';
  const { hash } = await loadPlan(tx, row);
  return hash === row.planHash ? null : 'The plan is not the one that was approved, so nothing was sent.';
}

type Answer = { status: number | null; problem: string | null };

async function sendSafely(send: SendOrder, order: SignedOrder): Promise<Answer> {
  try {
    const { status } = await send(order);
    return { status, problem: null };
  } catch (error) {
    return { status: null, problem: error instanceof Error ? error.message : 'unknown' };
  }
}

async function writeOutcome(tx: Tx, id: string, turn: Turn, answer: Answer, now: Date): Promise<Delivery> {
  const row = await lockUnderWay(tx, id);
  if (row?.attempt !== turn.attempt) return { outcome: 'superseded' };
  const verdict = judgeAnswer(answer.status, turn.tries);
  const said = answer.status === null ? 'gave no answer' : `answered ${answer.status}`;
  if (verdict === 'executed') {
    const note = `The receiver ${said} to attempt ${turn.attempt}.`;
    await moveRevocation(tx, row, 'executed', ACTOR.id, note, { executedAt: now, message: null });
    await audit(tx, row, 'revocation.executed', note);
    return { outcome: 'executed' };
  }
  if (verdict === 'failed') {
    await fail(
      tx,
      row,
      `The receiver ${said} to attempt ${turn.attempt}. Nobody knows for certain that nothing was done.`,
    );
    return { outcome: 'failed' };
  }
  const afterMs = pauseAfter(turn.tries);
  const message = `The receiver ${said} to attempt ${turn.attempt}; the next one follows after ${afterMs / 1_000} s.`;
  await saveRevocation(tx, row, { message });
  return { outcome: 'retry', afterMs };
}

async function fail(tx: Tx, row: Revocation, note: string): Promise<void> {
  await moveRevocation(tx, row, 'failed', ACTOR.id, note, { message: note });
  await audit(tx, row, 'revocation.fail', note);
}

const audit = (tx: Tx, row: Revocation, action: string, reason: string) =>
  record(tx, ACTOR, { action, subject: `revocation:${row.id}`, before: { state: row.state }, reason });

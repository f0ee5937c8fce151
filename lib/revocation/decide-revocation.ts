import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction } from '#lib/db/client.ts';
import type { RevocationMethod } from '#lib/db/generated/enums.ts';
import { loadPlan } from './plan.ts';
import { rehearse } from './rehearse.ts';
import { APPROVAL_REFUSALS, isUnderWay, refuseApproval } from './rules.ts';
import { assertVersion, lockRevocation, moveRevocation, personBehind, saveRevocation } from './store.ts';
import { assertWebhook } from './webhook-store.ts';

/** Replays the logs again, for a plan that was not approved yet or that came back. */
export async function rehearseRevocation(
  actor: Actor,
  id: string,
  version: number,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'revocation.request');
  return inTransaction(async (tx) => {
    const row = await lockRevocation(tx, actor, id);
    assertVersion(row, version);
    const now = clock();
    const rehearsal = await rehearse(tx, row, now);
    const fresh = { planHash: null, approvedBy: null, approvedAt: null, executedBy: null, executedAt: null };
    await moveRevocation(tx, row, 'rehearsed', actor.id, rehearsal.verdict, {
      ...fresh,
      rehearsal,
      rehearsedAt: now,
      proof: null,
      message: null,
    });
    const after = { verdict: rehearsal.verdict, callers: rehearsal.callers.length };
    await record(tx, actor, { action: 'revocation.rehearse', subject: `revocation:${id}`, after });
  });
}

/** Chooses the way of execution; it is part of the plan, so it stands before the approval. */
export async function chooseMethod(
  actor: Actor,
  id: string,
  input: { version: number; method: RevocationMethod; webhookId: string | null },
): Promise<void> {
  assertMay(actor, 'revocation.request');
  return inTransaction(async (tx) => {
    const row = await lockRevocation(tx, actor, id);
    assertVersion(row, input.version);
    if (row.state !== 'rehearsed') {
      throw new AppError('conflict', 'The way of execution can be chosen only before the approval.');
    }
    await assertWebhook(tx, input.method, input.webhookId);
    const after = { method: input.method, webhookId: input.webhookId };
    await saveRevocation(tx, row, after);
    await record(tx, actor, {
      action: 'revocation.choose_method',
      subject: `revocation:${id}`,
      before: { method: row.method, webhookId: row.webhookId },
      after,
    });
  });
}

/** A second person approves exactly the plan that they were shown; its hash is frozen. */
export async function approveRevocation(
  actor: Actor,
  id: string,
  input: { version: number; planHash: string },
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'revocation.approve');
  return inTransaction(async (tx) => {
    const row = await lockRevocation(tx, actor, id);
    assertVersion(row, input.version);
    const now = clock();
    const { hash } = await loadPlan(tx, row);
    const requestedBy = await personBehind(tx, row.requestedBy);
    const refusal = refuseApproval({
      actor,
      requestedBy,
      rehearsedAt: row.rehearsedAt,
      seenPlanHash: input.planHash,
      planHash: hash,
      now,
    });
    if (refusal !== null) {
      throw new AppError(refusal === 'plan_changed' ? 'conflict' : 'forbidden', APPROVAL_REFUSALS[refusal]);
    }
    await moveRevocation(tx, row, 'approved', actor.id, `Plan ${hash.slice(0, 12)}`, {
      planHash: hash,
      approvedBy: actor.id,
      approvedAt: now,
      executedBy: null,
      message: null,
    });
    await record(tx, actor, {
      action: 'revocation.approve',
      subject: `revocation:${id}`,
      after: { planHash: hash },
    });
  });
}

export async function rejectRevocation(
  actor: Actor,
  id: string,
  version: number,
  reason: string,
): Promise<void> {
  assertMay(actor, 'revocation.approve');
  return end(actor, id, version, reason, 'rejected');
}

/** Takes a request back before its execution was ordered, or gives up one that failed. */
export async function cancelRevocation(
  actor: Actor,
  id: string,
  version: number,
  reason: string,
): Promise<void> {
  assertMay(actor, 'revocation.request');
  return end(actor, id, version, reason, 'cancelled');
}

/** Notes that an executed revocation was undone, with what was restored and why. */
export async function rollBackRevocation(
  actor: Actor,
  id: string,
  version: number,
  reason: string,
): Promise<void> {
  assertMay(actor, 'revocation.execute');
  return end(actor, id, version, reason, 'rolled_back');
}

const VERBS = { rejected: 'reject', cancelled: 'cancel', rolled_back: 'roll_back' } as const;

function end(
  actor: Actor,
  id: string,
  version: number,
  reason: string,
  to: keyof typeof VERBS,
): Promise<void> {
  return inTransaction(async (tx) => {
    const row = await lockRevocation(tx, actor, id);
    assertVersion(row, version);
    if (isUnderWay(row)) {
      throw new AppError('conflict', 'The order is on its way. Wait until it is executed or has failed.');
    }
    await moveRevocation(tx, row, to, actor.id, reason, { message: reason });
    await record(tx, actor, {
      action: `revocation.${VERBS[to]}`,
      subject: `revocation:${id}`,
      before: { state: row.state },
      reason,
    });
  });
}

import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError } from '#lib/core/errors.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import type { Revocation } from '#lib/db/generated/client.ts';
import { loadPlan } from './plan.ts';
import { isUnderWay } from './rules.ts';
import { assertVersion, lockRevocation, moveRevocation, saveRevocation } from './store.ts';

/**
 * Orders the execution of an approved plan. By hand: it is executed with the proof that is noted. By webhook: the order
 * is put on its way, and `deliverRevocation` sends it. Refuses anything but the plan that was approved.
 */
export async function executeRevocation(
  actor: Actor,
  id: string,
  input: { version: number; proof: string },
  clock: Clock = systemClock,
): Promise<{ deliver: boolean }> {
  assertMay(actor, 'revocation.execute');
  return inTransaction(async (tx) => {
    const row = await lockRevocation(tx, actor, id);
    assertVersion(row, input.version);
    if ((row.state !== 'approved' && row.state !== 'failed') || isUnderWay(row)) {
      throw new AppError('conflict', 'Only an approved revocation that is not on its way can be executed.');
    }
    await assertApprovedPlan(tx, row);
    if (row.method === 'manual') await executeByHand(tx, actor, row, input.proof, clock());
    else await orderDelivery(tx, actor, row, clock());
    await record(tx, actor, {
      action: 'revocation.execute',
      subject: `revocation:${id}`,
      after: { method: row.method ?? 'manual', planHash: row.planHash },
      ...(row.method === 'manual' ? { reason: input.proof } : {}),
    });
    return { deliver: row.method === 'webhook' };
  });
}

/** Throws `conflict` when the plan is no longer the one that was approved. */
async function assertApprovedPlan(tx: Tx, row: Revocation): Promise<void> {
  const { hash } = await loadPlan(tx, row);
  if (row.planHash === null || hash !== row.planHash) {
    throw new AppError(
      'conflict',
      'The plan is not the one that was approved. Nothing was executed. Cancel it and ask again.',
    );
  }
}

async function executeByHand(tx: Tx, actor: Actor, row: Revocation, proof: string, now: Date): Promise<void> {
  if (proof.length < 3) {
    throw new AppError(
      'invalid_input',
      'Note what was done and where it can be looked up, such as a change number.',
      {
        fields: [{ path: 'body.proof', message: 'Note the proof.' }],
      },
    );
  }
  await moveRevocation(tx, row, 'executed', actor.id, proof, {
    executedBy: actor.id,
    executedAt: now,
    proof,
    message: null,
  });
}

/** Puts the order on its way; `executedBy` without an outcome is what the deliverer looks for. */
async function orderDelivery(tx: Tx, actor: Actor, row: Revocation, now: Date): Promise<void> {
  const change = { executedBy: actor.id, message: `Ordered at ${now.toISOString()}.` };
  if (row.state === 'failed') {
    await moveRevocation(tx, row, 'approved', actor.id, 'Ordered again after a failure.', change);
    return;
  }
  await saveRevocation(tx, row, change);
  await tx.revocationStep.create({
    data: { revocationId: row.id, state: 'approved', by: actor.id, note: 'Execution ordered.' },
  });
}

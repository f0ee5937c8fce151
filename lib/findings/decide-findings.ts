import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import { visible } from '#lib/inventory/node-conditions.ts';
import { acceptanceProblem } from './acceptance.ts';
import type { DecideFindings } from './schema.ts';

type Held = { id: string; state: string; assignee: string | null; acceptedUntil: Date | null };

/**
 * Accepts, reopens or assigns findings, all of them or none. Only what is open or accepted can be decided on. Throws
 * `not_found` when one of them is not there for this actor, `invalid_input` and `conflict` when the decision makes no sense.
 */
export async function decideOnFindings(
  actor: Actor,
  input: DecideFindings,
  clock: Clock = systemClock,
): Promise<{ changed: number }> {
  assertMay(actor, 'finding.decide');
  const now = clock();
  if (input.decision === 'accept') {
    const problem = acceptanceProblem(new Date(input.until), now);
    if (problem !== null)
      throw new AppError('invalid_input', problem, { fields: [{ path: 'body.until', message: problem }] });
  }
  if (input.decision === 'assign' && input.assignee !== null) await assertAssignable(input.assignee);
  return inTransaction(async (tx) => {
    const held = await lockFindings(tx, actor, [...new Set(input.ids)]);
    const closed = held.filter((finding) => finding.state === 'fixed' || finding.state === 'gone');
    if (closed.length > 0 && input.decision !== 'assign')
      throw new AppError(
        'conflict',
        `${closed.length} of these findings no longer hold, so there is nothing to decide. Nothing was changed; reload the list.`,
      );
    const changed = held.filter((finding) => isChange(finding, input));
    if (changed.length > 0) await writeDecision(tx, actor, changed, input);
    for (const finding of changed) await recordDecision(tx, actor, finding, input);
    return { changed: changed.length };
  }, 60_000);
}

async function lockFindings(tx: Tx, actor: Actor, ids: readonly string[]): Promise<Held[]> {
  const held = await tx.$queryRaw<Held[]>`
    SELECT f.id, f.state::text AS state, f.assignee, f.accepted_until AS "acceptedUntil" FROM finding f JOIN node n ON n.id = f.node_id
    WHERE f.id = ANY(${[...ids]}::text[]) AND ${visible(actor.scope)} ORDER BY f.id FOR UPDATE OF f`;
  if (held.length < ids.length) throw notFound('finding');
  return held;
}

function isChange(finding: Held, input: DecideFindings): boolean {
  if (input.decision === 'assign') return finding.assignee !== input.assignee;
  return input.decision === 'accept' || finding.state === 'accepted';
}

async function writeDecision(
  tx: Tx,
  actor: Actor,
  changed: readonly Held[],
  input: DecideFindings,
): Promise<void> {
  const where = { id: { in: changed.map((finding) => finding.id) } };
  if (input.decision === 'assign') await tx.finding.updateMany({ where, data: { assignee: input.assignee } });
  else if (input.decision === 'accept')
    await tx.finding.updateMany({
      where,
      data: {
        state: 'accepted',
        acceptedUntil: new Date(input.until),
        acceptedBy: actor.id,
        reason: input.reason,
      },
    });
  else
    await tx.finding.updateMany({
      where,
      data: { state: 'open', acceptedUntil: null, acceptedBy: null, reason: null },
    });
}

async function recordDecision(tx: Tx, actor: Actor, finding: Held, input: DecideFindings): Promise<void> {
  await record(tx, actor, {
    action: `finding.${input.decision}`,
    subject: `finding:${finding.id}`,
    before: {
      state: finding.state,
      assignee: finding.assignee,
      acceptedUntil: finding.acceptedUntil?.toISOString() ?? null,
    },
    after:
      input.decision === 'assign'
        ? { assignee: input.assignee }
        : input.decision === 'accept'
          ? { state: 'accepted', acceptedUntil: input.until }
          : { state: 'open' },
    ...(input.decision === 'assign' ? {} : { reason: input.reason }),
  });
}

async function assertAssignable(id: string): Promise<void> {
  const user = await db().user.findUnique({ where: { id }, select: { disabledAt: true } });
  if (user === null || user.disabledAt !== null) throw notFound('person to assign to');
}

/** Who findings can be assigned to: everybody who can sign in. */
export async function listAssignees(actor: Actor): Promise<{ rows: { id: string; name: string }[] }> {
  assertMay(actor, 'finding.decide');
  const rows = await db().user.findMany({
    where: { disabledAt: null },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  });
  return { rows };
}

import { assertMay, may, type Actor } from '#lib/authz/actor.ts';
import type { Permission } from '#lib/authz/permissions.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { db, type Tx } from '#lib/db/client.ts';
import { Prisma, type Revocation } from '#lib/db/generated/client.ts';
import { loadActorNames } from '#lib/audit/actor-names.ts';
import { loadSubjects } from './load-subject.ts';
import { loadPlan } from './plan.ts';
import { APPROVAL_REFUSALS, openSteps, refuseApproval, type RevocationStepName } from './rules.ts';
import {
  rehearsalSchema,
  type ListRevocations,
  type RevocationDetail,
  type RevocationStateName,
  type RevocationSummary,
} from './schema.ts';
import { loadRevocation, personBehind } from './store.ts';

type RevocationList = {
  total: number;
  byState: { state: RevocationStateName; count: number }[];
  rows: RevocationSummary[];
};

/** What the actor may see, newest change first, with the counts of all states under the same text filter. */
export async function listRevocations(actor: Actor, query: ListRevocations): Promise<RevocationList> {
  assertMay(actor, 'revocation.read');
  const tx = db();
  const visible = Prisma.join([visibleTo(actor), matching(query.q)], ' AND ');
  const byState = await tx.$queryRaw<RevocationList['byState']>`
    SELECT r.state, count(*)::int AS count FROM revocation r WHERE ${visible} GROUP BY r.state ORDER BY r.state`;
  const inState =
    query.states.length > 0
      ? Prisma.sql`r.state = ANY(${[...query.states]}::revocation_state[])`
      : Prisma.sql`true`;
  const column =
    query.sort.column === 'requested'
      ? Prisma.sql`r.requested_at`
      : Prisma.sql`(SELECT max(at) FROM revocation_step s WHERE s.revocation_id = r.id)`;
  const direction = query.sort.isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT r.id FROM revocation r WHERE ${visible} AND ${inState}
    ORDER BY ${column} ${direction}, r.id LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
  const found = await tx.revocation.findMany({ where: { id: { in: ids.map((row) => row.id) } } });
  const byId = new Map(found.map((row) => [row.id, row]));
  const counted = byState.filter((row) => query.states.length === 0 || query.states.includes(row.state));
  return {
    total: counted.reduce((sum, row) => sum + row.count, 0),
    byState,
    rows: await summaries(
      tx,
      ids.flatMap(({ id }) => byId.get(id) ?? []),
    ),
  };
}

/** The same rule as for the single read (store.ts), as a condition on `revocation r`. */
function visibleTo(actor: Actor): Prisma.Sql {
  if (actor.scope.kind === 'all') return Prisma.sql`true`;
  const owners = [...actor.scope.ownerIds];
  return Prisma.sql`(r.requested_by = ${actor.id} OR EXISTS (
    SELECT 1 FROM node n WHERE n.owner_id = ANY(${owners}::int[]) AND (n.id = r.node_id
      OR n.id IN (SELECT unnest(ARRAY[e.from_id, e.to_id]) FROM edge e WHERE e.id = r.edge_id))))`;
}

function matching(text: string): Prisma.Sql {
  if (text === '') return Prisma.sql`true`;
  return Prisma.sql`EXISTS (SELECT 1 FROM node n WHERE n.id = r.node_id
    AND (position(lower(${text}) IN lower(n.name)) > 0 OR position(lower(${text}) IN lower(n.key)) > 0))`;
}

async function summaries(tx: Tx, rows: readonly Revocation[]): Promise<RevocationSummary[]> {
  const subjects = await loadSubjects(tx, rows);
  const nameOf = await loadActorNames(
    tx,
    rows.map((row) => row.requestedBy),
  );
  const steps = await tx.revocationStep.groupBy({
    by: ['revocationId'],
    where: { revocationId: { in: rows.map((row) => row.id) } },
    _max: { at: true },
  });
  const lastAt = new Map(steps.map((step) => [step.revocationId, step._max.at]));
  return rows.flatMap((row, i) => {
    const subject = subjects[i];
    if (!subject) return [];
    const rehearsal = rehearsalOf(row);
    return [
      {
        id: row.id,
        state: row.state,
        version: row.version,
        subject,
        reason: row.reason,
        requestedBy: row.requestedBy,
        requestedByName: nameOf(row.requestedBy),
        requestedAt: row.requestedAt.toISOString(),
        verdict: rehearsal?.verdict ?? null,
        callers: rehearsal ? rehearsal.callers.length + rehearsal.moreCallers : null,
        method: row.method,
        updatedAt: (lastAt.get(row.id) ?? row.requestedAt).toISOString(),
        message: row.message,
        attempt: row.attempt,
      },
    ];
  });
}

const rehearsalOf = (row: Revocation) => {
  const parsed = rehearsalSchema.safeParse(row.rehearsal);
  return parsed.success ? parsed.data : null;
};

/** One revocation with its timeline, the plan's hash and what this actor may do with it now. */
export async function getRevocation(
  actor: Actor,
  id: string,
  clock: Clock = systemClock,
): Promise<RevocationDetail> {
  assertMay(actor, 'revocation.read');
  const tx = db();
  const row = await loadRevocation(tx, actor, id);
  const [summary] = await summaries(tx, [row]);
  if (!summary) throw new Error('A revocation without its subject.');
  const steps = await tx.revocationStep.findMany({ where: { revocationId: id }, orderBy: { id: 'asc' } });
  const { plan, hash } = await loadPlan(tx, row);
  const nameOf = await loadActorNames(tx, [row.approvedBy, row.executedBy, ...steps.map((step) => step.by)]);
  const run =
    row.provenRunId === null
      ? null
      : await tx.run.findUnique({ where: { id: row.provenRunId }, select: { publicId: true } });
  const refusal =
    row.state === 'rehearsed'
      ? refuseApproval({
          actor,
          requestedBy: await personBehind(tx, row.requestedBy),
          rehearsedAt: row.rehearsedAt,
          seenPlanHash: hash,
          planHash: hash,
          now: clock(),
        })
      : null;
  const mayApprove = may(actor, 'revocation.approve');
  return {
    ...summary,
    reviewItemId: row.reviewItemId,
    rehearsal: rehearsalOf(row),
    rehearsedAt: row.rehearsedAt?.toISOString() ?? null,
    planHash: hash,
    approvedPlanHash: row.planHash,
    approvedByName: row.approvedBy && nameOf(row.approvedBy),
    approvedAt: row.approvedAt?.toISOString() ?? null,
    webhook: plan.webhook && (may(actor, 'settings.read') ? plan.webhook : { ...plan.webhook, url: '' }),
    executedAt: row.executedAt?.toISOString() ?? null,
    executedByName: row.executedBy && nameOf(row.executedBy),
    proof: row.proof,
    provenAt: row.provenAt?.toISOString() ?? null,
    provenRun: run?.publicId ?? null,
    reopenedBy: row.reopenedBy as RevocationDetail['reopenedBy'],
    steps: steps.map((step) => ({
      state: step.state,
      at: step.at.toISOString(),
      by: step.by,
      byName: nameOf(step.by),
      note: step.note,
    })),
    may: openSteps(row).filter(
      (step) => may(actor, STEP_PERMISSION[step]) && !(step === 'approve' && refusal),
    ),
    approvalRefusal: refusal !== null && mayApprove ? APPROVAL_REFUSALS[refusal] : null,
  };
}

const STEP_PERMISSION: Readonly<Record<RevocationStepName, Permission>> = {
  rehearse: 'revocation.request',
  choose_method: 'revocation.request',
  approve: 'revocation.approve',
  reject: 'revocation.approve',
  execute: 'revocation.execute',
  cancel: 'revocation.request',
  roll_back: 'revocation.execute',
};

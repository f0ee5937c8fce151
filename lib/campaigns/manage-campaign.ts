import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { db, inTransaction, type Tx } from '#lib/db/client.ts';
import type { ReviewState } from '#lib/db/generated/enums.ts';
import { loadSubjectFacts } from './evidence-store.ts';
import { endOf } from './rules.ts';
import { ITEMS_MAX, type CampaignFilter, type CampaignPreview, type CreateCampaign } from './schema.ts';
import { countCandidates, selectCandidates } from './select-subjects.ts';
import { assertBecomes, lockCampaign } from './store.ts';

const SAMPLE = 20;

/** How many items a filter would ask about, of whom, and a few of them; nothing is written. */
export async function previewCampaign(actor: Actor, filter: CampaignFilter): Promise<CampaignPreview> {
  assertMay(actor, 'campaign.manage');
  const tx = db();
  const counts = await countCandidates(tx, filter);
  const sample = await selectCandidates(tx, filter, SAMPLE);
  const facts = await loadSubjectFacts(tx, sample);
  const reviewers = await tx.node.findMany({
    where: { id: { in: sample.flatMap((row) => row.reviewerId ?? []) } },
    select: { id: true, name: true },
  });
  const names = new Map(reviewers.map((row) => [row.id, row.name]));
  const count = counts.reduce((sum, row) => sum + row.count, 0);
  return {
    count,
    byType: counts.map(({ type, count: n }) => ({ type, count: n })),
    noReviewer: counts.reduce((sum, row) => sum + row.noReviewer, 0),
    reviewers: new Set(counts.flatMap((row) => row.reviewers)).size,
    tooMany: count > ITEMS_MAX,
    sample: sample.flatMap((row, ref) => {
      const fact = facts.get(ref);
      if (!fact) return [];
      const { key, name, kind } = fact.subject;
      const reviewer = row.reviewerId === null ? null : (names.get(row.reviewerId) ?? null);
      return [{ type: row.type, key, name, kind, toName: fact.permission?.to.name ?? null, reviewer }];
    }),
  };
}

/** Writes a campaign down as a draft: it asks nobody until it is launched. */
export async function createCampaign(
  actor: Actor,
  input: CreateCampaign,
  clock: Clock = systemClock,
): Promise<{ id: string }> {
  assertMay(actor, 'campaign.manage');
  const dueAt = new Date(input.dueAt);
  if (dueAt <= clock()) throw new AppError('invalid_input', 'The due date has to lie in the future.');
  return inTransaction(async (tx) => {
    const id = newId('cmp');
    const { name, instructions, filter } = input;
    await tx.campaign.create({
      data: {
        id,
        name,
        instructions,
        filter,
        state: 'draft',
        createdBy: actor.id,
        createdAt: clock(),
        dueAt,
      },
    });
    await record(tx, actor, {
      action: 'campaign.create',
      subject: `campaign:${id}`,
      after: { name, filter, dueAt: dueAt.toISOString() },
    });
    return { id };
  });
}

/** Ends the asking. Every decision stays; what nobody answered says so. */
export async function closeCampaign(actor: Actor, id: string, clock: Clock = systemClock): Promise<void> {
  assertMay(actor, 'campaign.manage');
  await inTransaction((tx) => endCampaign(tx, actor, id, 'closed', clock()), 60_000);
}

/** Gives the campaign up. Decisions that were made stay; what is undecided is withdrawn. */
export async function cancelCampaign(
  actor: Actor,
  id: string,
  reason: string,
  clock: Clock = systemClock,
): Promise<void> {
  assertMay(actor, 'campaign.manage');
  await inTransaction((tx) => endCampaign(tx, actor, id, 'cancelled', clock(), reason), 60_000);
}

async function endCampaign(
  tx: Tx,
  actor: Actor,
  id: string,
  end: 'closed' | 'cancelled',
  now: Date,
  reason?: string,
): Promise<void> {
  const campaign = await lockCampaign(tx, id);
  assertBecomes(campaign, end);
  const states = await tx.reviewItem.groupBy({ by: ['state'], where: { campaignId: id }, _count: true });
  const outcome = new Map<ReviewState, number>();
  for (const { state, _count } of states) {
    const final = endOf(state, end);
    outcome.set(final, (outcome.get(final) ?? 0) + _count);
    if (final === state) continue;
    await tx.reviewItem.updateMany({
      where: { campaignId: id, state },
      data: { state: final, version: { increment: 1 } },
    });
  }
  await tx.campaign.update({ where: { id }, data: { state: end, closedAt: now } });
  await record(tx, actor, {
    action: end === 'closed' ? 'campaign.close' : 'campaign.cancel',
    subject: `campaign:${id}`,
    before: { state: campaign.state },
    after: { outcome: [...outcome].sort().map(([state, count]) => ({ state, count })) },
    ...(reason === undefined ? {} : { reason }),
  });
}

import { record } from '#lib/audit/record.ts';
import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { AppError } from '#lib/core/errors.ts';
import { newId } from '#lib/core/ids.ts';
import { inTransaction, type Tx } from '#lib/db/client.ts';
import { hashEvidence, loadEvidence } from './load-evidence.ts';
import type { ReachReader } from './reach.ts';
import { campaignFilterSchema, ITEMS_MAX } from './schema.ts';
import { selectCandidates, type Candidate } from './select-subjects.ts';
import { assertBecomes, lockCampaign } from './store.ts';

const BATCH = 250;
const LAUNCH_TIMEOUT_MS = 10 * 60_000;

/**
 * Freezes what is asked: chooses the items by the campaign's filter as the world is now, takes the evidence of each, and
 * asks the owners. What has no owner is `no_reviewer` and goes to security. All of it happens or nothing does.
 */
export async function launchCampaign(
  actor: Actor,
  id: string,
  reach: ReachReader,
  clock: Clock = systemClock,
): Promise<{ items: number; noReviewer: number }> {
  assertMay(actor, 'campaign.manage');
  return inTransaction(async (tx) => {
    const campaign = await lockCampaign(tx, id);
    assertBecomes(campaign, 'active');
    const now = clock();
    if (campaign.dueAt <= now)
      throw new AppError('conflict', 'The due date has passed. Create it anew with a later one.');
    const candidates = await selectCandidates(tx, campaignFilterSchema.parse(campaign.filter), ITEMS_MAX + 1);
    assertReasonable(candidates.length);
    let noReviewer = 0;
    for (let at = 0; at < candidates.length; at += BATCH) {
      noReviewer += await askAbout(tx, id, candidates.slice(at, at + BATCH), reach, now);
    }
    const graphVersion = await readGraphVersion(tx);
    await tx.campaign.update({ where: { id }, data: { state: 'active', launchedAt: now, graphVersion } });
    await record(tx, actor, {
      action: 'campaign.launch',
      subject: `campaign:${id}`,
      after: { items: candidates.length, noReviewer, graphVersion },
    });
    return { items: candidates.length, noReviewer };
  }, LAUNCH_TIMEOUT_MS);
}

function assertReasonable(items: number): void {
  if (items === 0) {
    throw new AppError('conflict', 'The filter matches nothing now. Nobody would be asked anything.');
  }
  if (items > ITEMS_MAX) {
    throw new AppError('too_large', `The filter matches more than ${ITEMS_MAX} things. Narrow it.`);
  }
}

async function askAbout(
  tx: Tx,
  campaignId: string,
  candidates: readonly Candidate[],
  reach: ReachReader,
  now: Date,
): Promise<number> {
  const evidence = await loadEvidence(tx, candidates, reach, now);
  const items = candidates.flatMap((candidate, ref) => {
    const shown = evidence[ref];
    if (!shown) return [];
    return [
      {
        id: newId('itm'),
        campaignId,
        nodeId: candidate.nodeId,
        edgeId: candidate.edgeId,
        reviewerId: candidate.reviewerId,
        state: candidate.reviewerId === null ? ('no_reviewer' as const) : ('open' as const),
        evidence: shown,
        evidenceHash: hashEvidence(shown),
      },
    ];
  });
  await tx.reviewItem.createMany({ data: items });
  return items.filter((item) => item.state === 'no_reviewer').length;
}

async function readGraphVersion(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ version: number }[]>`
    SELECT (value->>'version')::int AS version FROM setting WHERE name = 'graph'`;
  return row?.version ?? 0;
}

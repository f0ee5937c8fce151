import { assertMay, may, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { db } from '#lib/db/client.ts';
import { Prisma, type ReviewItem } from '#lib/db/generated/client.ts';
import type { ReviewState } from '#lib/db/generated/enums.ts';
import { loadActorNames } from '#lib/audit/actor-names.ts';
import { compareEvidence } from './compare-evidence.ts';
import { loadEvidence } from './load-evidence.ts';
import type { ReachReader } from './reach.ts';
import { isOpen, OPEN_STATES } from './rules.ts';
import {
  evidenceSchema,
  type ItemEvidence,
  type ListReviews,
  type ReviewDetail,
  type ReviewItemRow,
} from './schema.ts';
import { loadItem, visibleItems } from './store.ts';

type ReviewList = {
  total: number;
  byState: { state: ReviewState; count: number }[];
  rows: ReviewItemRow[];
};

/** Riskiest first, then by name: the order that the list, the next and the previous item share. */
const ORDER = Prisma.sql`jsonb_array_length(i.evidence->'risks') DESC, i.evidence->'subject'->>'name', i.id`;

/** One page of review items that the actor may see. */
export async function listReviews(actor: Actor, query: ListReviews): Promise<ReviewList> {
  assertMay(actor, 'review.read');
  const where = Prisma.join([visibleItems(actor), ...filters(actor, query)], ' AND ');
  const byState = await db().$queryRaw<ReviewList['byState']>`
    SELECT i.state, count(*)::int AS count FROM review_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE ${where} GROUP BY i.state ORDER BY i.state`;
  const ids = await db().$queryRaw<{ id: string }[]>`
    SELECT i.id FROM review_item i JOIN campaign c ON c.id = i.campaign_id
    WHERE ${where} AND ${inStates(query.states)}
    ORDER BY ${ORDER} LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
  const counted = byState.filter(({ state }) => query.states.length === 0 || query.states.includes(state));
  return {
    total: counted.reduce((sum, { count }) => sum + count, 0),
    byState,
    rows: await loadRows(ids.map((row) => row.id)),
  };
}

function inStates(states: ListReviews['states']): Prisma.Sql {
  if (states.length === 0) return Prisma.sql`true`;
  return Prisma.sql`i.state = ANY(${[...states]}::review_state[])`;
}

function filters(actor: Actor, query: ListReviews): Prisma.Sql[] {
  const all: Prisma.Sql[] = [];
  if (query.waitingForMe) {
    all.push(Prisma.sql`c.state = 'active' AND i.state = ANY(${[...OPEN_STATES]}::review_state[])`);
    if (actor.scope.kind === 'all') all.push(Prisma.sql`i.reviewer_id IS NULL`);
  }
  if (query.campaign !== null) all.push(Prisma.sql`i.campaign_id = ${query.campaign}`);
  if (query.types.length > 0) all.push(Prisma.sql`i.evidence->'subject'->>'type' = ANY(${[...query.types]})`);
  if (query.risky !== null) {
    all.push(Prisma.sql`(jsonb_array_length(i.evidence->'risks') > 0) = ${query.risky}`);
  }
  if (query.q !== '') {
    all.push(Prisma.sql`(position(lower(${query.q}) IN lower(i.evidence->'subject'->>'name')) > 0
      OR position(lower(${query.q}) IN lower(i.evidence->'subject'->>'key')) > 0)`);
  }
  return all;
}

async function loadRows(ids: readonly string[]): Promise<ReviewItemRow[]> {
  const items = await db().reviewItem.findMany({
    where: { id: { in: [...ids] } },
    include: { campaign: { select: { name: true, dueAt: true } } },
  });
  const reviewers = await db().node.findMany({
    where: { id: { in: items.flatMap((item) => item.reviewerId ?? []) } },
    select: { id: true, key: true, name: true },
  });
  const nameOf = await loadActorNames(
    db(),
    items.map((item) => item.decidedBy),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const reviewerById = new Map(reviewers.map(({ id, ...reviewer }) => [id, reviewer]));
  return ids.flatMap((id) => {
    const item = byId.get(id);
    if (!item) return [];
    return [
      {
        ...summaryOf(evidenceSchema.parse(item.evidence)),
        id,
        campaignId: item.campaignId,
        campaignName: item.campaign.name,
        dueAt: item.campaign.dueAt.toISOString(),
        nodeId: item.nodeId,
        edgeId: item.edgeId,
        state: item.state,
        version: item.version,
        reviewer: (item.reviewerId === null ? undefined : reviewerById.get(item.reviewerId)) ?? null,
        reason: item.reason,
        decidedByName: item.decidedBy === null ? null : nameOf(item.decidedBy),
        decidedAt: item.decidedAt?.toISOString() ?? null,
        expiresAt: item.expiresAt?.toISOString() ?? null,
      },
    ];
  });
}

const summaryOf = (evidence: ItemEvidence) => ({
  type: evidence.subject.type,
  key: evidence.subject.key,
  name: evidence.subject.name,
  kind: evidence.subject.kind,
  environment: evidence.subject.environment,
  permission: evidence.permission?.sentence ?? null,
  use: evidence.used.use,
  lastUse: evidence.used.lastAt,
  reach: evidence.reach?.nodes ?? null,
  crownJewels: evidence.reach?.crownJewels ?? null,
  risks: evidence.risks,
});

/** One item with its whole evidence, and what is different now. Throws `not_found` for what the list would not show. */
export async function getReview(
  actor: Actor,
  id: string,
  reach: ReachReader,
  clock: Clock = systemClock,
): Promise<ReviewDetail> {
  assertMay(actor, 'review.read');
  const item = await loadItem(db(), actor, id);
  const [row] = await loadRows([id]);
  if (!row) throw new Error('A review item without its campaign.');
  const campaign = await db().campaign.findUniqueOrThrow({ where: { id: item.campaignId } });
  const evidence = evidenceSchema.parse(item.evidence);
  const [current] = await loadEvidence(db(), [item], reach, clock());
  const revocation = await db().revocation.findFirst({
    where: {
      nodeId: item.nodeId,
      edgeId: item.edgeId,
      requestedAt: { gte: campaign.launchedAt ?? campaign.createdAt },
    },
    orderBy: { requestedAt: 'desc' },
    select: { id: true },
  });
  const decidable = campaign.state === 'active' && isOpen(item.state) && may(actor, 'review.decide');
  return {
    ...row,
    instructions: campaign.instructions,
    evidence,
    evidenceHash: item.evidenceHash,
    changes: current ? compareEvidence(evidence, current) : [],
    exists: current !== null && current !== undefined,
    revocationId: revocation?.id ?? null,
    mayDecide: decidable,
    mayAssign: decidable && actor.scope.kind === 'all',
    ...(await loadNeighbours(actor, item)),
  };
}

/** The next and the previous item that wait for the actor, in the order of the list. */
async function loadNeighbours(
  actor: Actor,
  { id, reviewerId }: ReviewItem,
): Promise<{ next: string | null; previous: string | null }> {
  const sameReviewer =
    actor.scope.kind === 'all'
      ? Prisma.sql`i.reviewer_id IS NOT DISTINCT FROM ${reviewerId}`
      : Prisma.sql`true`;
  const [row] = await db().$queryRaw<{ next: string | null; previous: string | null }[]>`
    SELECT next, previous FROM (
      SELECT i.id, lead(i.id) OVER (ORDER BY ${ORDER}) AS next, lag(i.id) OVER (ORDER BY ${ORDER}) AS previous
      FROM review_item i JOIN campaign c ON c.id = i.campaign_id
      WHERE ${visibleItems(actor)} AND ${sameReviewer} AND c.state = 'active'
        AND (i.id = ${id} OR i.state = ANY(${[...OPEN_STATES]}::review_state[]))
    ) list WHERE list.id = ${id}`;
  return { next: row?.next ?? null, previous: row?.previous ?? null };
}

import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { systemClock, type Clock } from '#lib/core/clock.ts';
import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import type { Campaign } from '#lib/db/generated/client.ts';
import { loadActorNames } from '#lib/audit/actor-names.ts';
import { isOpen } from './rules.ts';
import { campaignFilterSchema, type CampaignDetail, type CampaignRow, type ListCampaigns } from './schema.ts';

/** One page of campaigns, the newest first, each with its progress. */
export async function listCampaigns(
  actor: Actor,
  query: ListCampaigns,
  clock: Clock = systemClock,
): Promise<{ total: number; rows: CampaignRow[] }> {
  assertMay(actor, 'campaign.read');
  const where = {
    ...(query.states.length > 0 ? { state: { in: [...query.states] } } : {}),
    ...(query.q === '' ? {} : { name: { contains: query.q, mode: 'insensitive' as const } }),
  };
  const total = await db().campaign.count({ where });
  const campaigns = await db().campaign.findMany({
    where,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.size,
    skip: (query.page - 1) * query.size,
  });
  return { total, rows: await withProgress(campaigns, clock()) };
}

async function withProgress(campaigns: readonly Campaign[], now: Date): Promise<CampaignRow[]> {
  const counts = await db().reviewItem.groupBy({
    by: ['campaignId', 'state'],
    where: { campaignId: { in: campaigns.map((row) => row.id) } },
    _count: true,
    orderBy: [{ campaignId: 'asc' }, { state: 'asc' }],
  });
  const nameOf = await loadActorNames(
    db(),
    campaigns.map((row) => row.createdBy),
  );
  return campaigns.map((row) => {
    const byState = counts
      .filter((count) => count.campaignId === row.id)
      .map((count) => ({ state: count.state, count: count._count }));
    const sum = (rows: typeof byState) => rows.reduce((n, { count }) => n + count, 0);
    return {
      id: row.id,
      name: row.name,
      instructions: row.instructions,
      filter: campaignFilterSchema.parse(row.filter),
      state: row.state,
      createdByName: nameOf(row.createdBy),
      createdAt: row.createdAt.toISOString(),
      launchedAt: row.launchedAt?.toISOString() ?? null,
      dueAt: row.dueAt.toISOString(),
      closedAt: row.closedAt?.toISOString() ?? null,
      items: sum(byState),
      decided: sum(byState.filter(({ state }) => DECIDED.has(state))),
      overdue: row.state === 'active' && row.dueAt < now && byState.some(({ state }) => isOpen(state)),
      byState,
    };
  });
}

const DECIDED: ReadonlySet<string> = new Set(['attested', 'revocation_requested']);

/** One campaign, with how far each reviewer is. */
export async function getCampaign(
  actor: Actor,
  id: string,
  clock: Clock = systemClock,
): Promise<CampaignDetail> {
  assertMay(actor, 'campaign.read');
  const campaign = await db().campaign.findUnique({ where: { id } });
  if (campaign === null) throw notFound('campaign');
  const [row] = await withProgress([campaign], clock());
  if (!row) throw notFound('campaign');
  const reviewers = await db().$queryRaw<CampaignDetail['reviewers']>`
    SELECT r.key, coalesce(r.name, 'Nobody') AS name, count(*)::int AS total,
      count(*) FILTER (WHERE i.state IN ('open', 'unsure', 'not_mine', 'no_reviewer'))::int AS open
    FROM review_item i LEFT JOIN node r ON r.id = i.reviewer_id
    WHERE i.campaign_id = ${id} GROUP BY r.id ORDER BY open DESC, total DESC, name`;
  return { ...row, reviewers };
}

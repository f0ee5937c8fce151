import type { Actor } from '#lib/authz/actor.ts';
import { AppError, notFound } from '#lib/core/errors.ts';
import type { Tx } from '#lib/db/client.ts';
import { Prisma, type Campaign, type ReviewItem } from '#lib/db/generated/client.ts';
import type { CampaignState } from '#lib/db/generated/enums.ts';
import { campaignMayBecome } from './rules.ts';

/** What the actor may see of `review_item i`: everything, or what is asked of them. */
export function visibleItems(actor: Actor): Prisma.Sql {
  if (actor.scope.kind === 'all') return Prisma.sql`true`;
  return Prisma.sql`i.reviewer_id = ANY(${[...actor.scope.ownerIds]}::int[])`;
}

export async function loadItem(tx: Tx, actor: Actor, id: string): Promise<ReviewItem> {
  const item = await tx.reviewItem.findUnique({ where: { id } });
  const visible =
    item !== null &&
    (actor.scope.kind === 'all' ||
      (item.reviewerId !== null && actor.scope.ownerIds.includes(item.reviewerId)));
  if (!visible) throw notFound('review item');
  return item;
}

/**
 * The campaign of an item for a decision: shared with other decisions, and exclusive with its end, so that no decision
 * slips in after the close and none is overrun by it.
 */
export async function shareCampaign(tx: Tx, id: string): Promise<Campaign> {
  await tx.$queryRaw`SELECT 1 FROM campaign WHERE id = ${id} FOR SHARE`;
  return tx.campaign.findUniqueOrThrow({ where: { id } });
}

/** The campaign for a change of its own. */
export async function lockCampaign(tx: Tx, id: string): Promise<Campaign> {
  await tx.$queryRaw`SELECT 1 FROM campaign WHERE id = ${id} FOR UPDATE`;
  const campaign = await tx.campaign.findUnique({ where: { id } });
  if (campaign === null) throw notFound('campaign');
  return campaign;
}

export function assertBecomes(campaign: Campaign, to: CampaignState): void {
  if (campaignMayBecome(campaign.state, to)) return;
  throw new AppError('conflict', `The campaign is ${campaign.state} already, so it cannot become ${to}.`);
}

type ItemChange = Prisma.ReviewItemUncheckedUpdateManyInput;

/** Writes a decision if the item is still the one that was shown; otherwise a conflict. */
export async function saveItem(tx: Tx, item: ReviewItem, version: number, change: ItemChange): Promise<void> {
  const { count } = await tx.reviewItem.updateMany({
    where: { id: item.id, version, state: item.state },
    data: { ...change, version: version + 1 },
  });
  if (count !== 1) {
    throw new AppError('conflict', 'Somebody decided this item in the meantime. Reload and look.');
  }
}

/** Lets an attestation stand at the thing itself, for lists and findings. */
export async function markAttested(
  tx: Tx,
  { nodeId, edgeId }: { nodeId: number; edgeId: number | null },
  until: Date,
): Promise<void> {
  if (edgeId === null) await tx.node.update({ where: { id: nodeId }, data: { attestedUntil: until } });
  else await tx.edge.update({ where: { id: edgeId }, data: { attestedUntil: until } });
}

/** Whether any source still asserts the thing. */
export async function exists(
  tx: Tx,
  { nodeId, edgeId }: { nodeId: number; edgeId: number | null },
): Promise<boolean> {
  const node = await tx.node.count({ where: { id: nodeId, validTo: null } });
  const edge = edgeId === null ? 1 : await tx.edge.count({ where: { id: edgeId, validTo: null } });
  return node === 1 && edge === 1;
}

import { db } from '#lib/db/client.ts';
import type { ClaimView, NodeCard } from '../card-schema.ts';
import type { CoreRow } from './load-core.ts';
import { endOf, loadEnds, optionalEnd } from './load-ends.ts';

const ROWS_MAX = 50;

/** The accepted owner and every claim, the open and the surest first. */
export async function loadOwner(core: CoreRow): Promise<NodeCard['owner']> {
  const claims = await db().$queryRaw<
    (Omit<ClaimView, 'owner' | 'decidedAt' | 'expiresAt'> & {
      ownerId: number;
      decidedAt: Date | null;
      expiresAt: Date | null;
    })[]
  >`
    SELECT c.id, c.owner_id AS "ownerId", c.basis, c.evidence, c.confidence, c.state::text AS state, s.name AS source,
      coalesce(u.name, c.decided_by) AS "decidedBy", c.decided_at AS "decidedAt", c.expires_at AS "expiresAt"
    FROM ownership_claim c LEFT JOIN source s ON s.id = c.source_id LEFT JOIN app_user u ON u.id = c.decided_by
    WHERE c.node_id = ${core.id}
    ORDER BY array_position(ARRAY['accepted', 'disputed', 'suggested', 'rejected', 'ended'], c.state::text), c.confidence DESC, c.id
    LIMIT ${ROWS_MAX}`;
  const ends = await loadEnds([
    core.ownerId,
    core.ownerPersonId,
    core.ownerBackupId,
    ...claims.map((claim) => claim.ownerId),
  ]);
  return {
    team: optionalEnd(ends, core.ownerId),
    person: optionalEnd(ends, core.ownerPersonId),
    backup: optionalEnd(ends, core.ownerBackupId),
    claims: claims.map(({ ownerId, decidedAt, expiresAt, ...claim }) => ({
      ...claim,
      owner: endOf(ends, ownerId),
      decidedAt: decidedAt?.toISOString() ?? null,
      expiresAt: expiresAt?.toISOString() ?? null,
    })),
  };
}

/** What was asked about the node in campaigns, newest first. */
export async function loadReviews(id: number): Promise<NodeCard['reviews']> {
  const items = await db().reviewItem.findMany({
    where: { nodeId: id },
    include: { campaign: { select: { id: true, name: true } } },
    orderBy: [{ campaign: { createdAt: 'desc' } }, { id: 'asc' }],
    take: ROWS_MAX,
  });
  return items.map((item) => ({
    id: item.id,
    campaign: item.campaign.name,
    campaignId: item.campaign.id,
    state: item.state,
    reason: item.reason,
    decidedAt: item.decidedAt?.toISOString() ?? null,
    expiresAt: item.expiresAt?.toISOString() ?? null,
  }));
}

export async function loadRevocations(id: number): Promise<NodeCard['revocations']> {
  const rows = await db().revocation.findMany({
    where: { nodeId: id },
    orderBy: { requestedAt: 'desc' },
    take: ROWS_MAX,
    select: { id: true, state: true, reason: true, requestedAt: true },
  });
  return rows.map((row) => ({ ...row, requestedAt: row.requestedAt.toISOString() }));
}

export async function loadAliases(id: number): Promise<NodeCard['aliases']> {
  return db().$queryRaw<NodeCard['aliases']>`
    SELECT a.alias, s.name AS source FROM node_alias a JOIN source s ON s.id = a.source_id
    WHERE a.node_id = ${id} ORDER BY a.alias LIMIT ${ROWS_MAX}`;
}

import { db } from '#lib/db/client.ts';
import type { Claim, OwnedNode, Owner } from './schema.ts';

const CLAIMS_SHOWN = 3;

type NodeRow = Omit<
  OwnedNode,
  'owner' | 'person' | 'backup' | 'claims' | 'moreClaims' | 'lastUsedAt' | 'createdAt'
> & {
  lastUsedAt: Date | null;
  createdAt: Date | null;
  ownerId: number | null;
  personId: number | null;
  backupId: number | null;
};

/** The nodes in the order asked for, each with its owner and the claims that wait for a decision. */
export async function loadOwnedNodes(ids: readonly number[]): Promise<OwnedNode[]> {
  const rows = await db().$queryRaw<NodeRow[]>`
    SELECT n.id AS "nodeId", n.key, n.name, n.kind::text AS kind, n.type, n.provider, n.environment,
      n.sensitivity::text AS sensitivity, coalesce(n.last_seen_in_logs, n.last_used_at) AS "lastUsedAt",
      n.created_at AS "createdAt", n.owner_id AS "ownerId", n.owner_person_id AS "personId", n.owner_backup_id AS "backupId"
    FROM node n WHERE n.id = ANY(${[...ids]}::int[])`;
  const claims = await loadClaims(ids);
  const owners = await loadOwnerNodes(rows.flatMap((row) => [row.ownerId, row.personId, row.backupId]));
  const byId = new Map(rows.map((row) => [row.nodeId, row]));
  const ownerOf = (id: number | null) => (id === null ? null : (owners.get(id) ?? null));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (!row) return [];
    const { ownerId, personId, backupId, ...node } = row;
    const mine = claims.get(id) ?? [];
    const open = mine.filter((claim) => claim.state === 'suggested' || claim.state === 'disputed');
    return [
      {
        ...node,
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        createdAt: row.createdAt?.toISOString() ?? null,
        owner: ownerOf(ownerId),
        person: ownerOf(personId),
        backup: ownerOf(backupId),
        expiresAt: mine.find((claim) => claim.state === 'accepted')?.expiresAt ?? null,
        claims: open.slice(0, CLAIMS_SHOWN),
        moreClaims: Math.max(0, open.length - CLAIMS_SHOWN),
      },
    ];
  });
}

/** Every claim by node, the best first: who else is suggested is part of the question. */
export async function loadClaims(nodeIds: readonly number[]): Promise<Map<number, Claim[]>> {
  const rows = await db().ownershipClaim.findMany({
    where: { nodeId: { in: [...nodeIds] } },
    orderBy: [{ confidence: 'desc' }, { id: 'asc' }],
  });
  const owners = await loadOwnerNodes(rows.map((row) => row.ownerId));
  const sources = await db().source.findMany({ select: { id: true, name: true } });
  const sourceNames = new Map(sources.map((source) => [source.id, source.name]));
  const claims = new Map<number, Claim[]>();
  for (const row of rows) {
    const owner = owners.get(row.ownerId);
    if (!owner) continue;
    const claim: Claim = {
      id: row.id,
      owner,
      basis: row.basis.replace(/:.*$/, ''),
      evidence: row.evidence,
      confidence: row.confidence,
      state: row.state,
      source: row.sourceId === null ? null : (sourceNames.get(row.sourceId) ?? null),
      createdAt: row.createdAt.toISOString(),
      decidedBy: row.decidedBy,
      decidedAt: row.decidedAt?.toISOString() ?? null,
      reason: row.reason,
      expiresAt: row.expiresAt?.toISOString() ?? null,
    };
    claims.set(row.nodeId, [...(claims.get(row.nodeId) ?? []), claim]);
  }
  return claims;
}

export async function loadOwnerNodes(ids: readonly (number | null)[]): Promise<Map<number, Owner>> {
  const rows = await db().node.findMany({
    where: { id: { in: ids.filter((id) => id !== null) } },
    select: { id: true, key: true, name: true, kind: true },
  });
  return new Map(rows.map((row) => [row.id, row]));
}

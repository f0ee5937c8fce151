import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { notFound } from '#lib/core/errors.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { NodeKind } from '#lib/db/generated/enums.ts';
import { loadClaims, loadOwnedNodes, loadOwnerNodes } from './owned-nodes.ts';
import { loopClosedBy, passesOf } from './rules.ts';
import type { Claim, ListOwnership, OwnedNode, Owner } from './schema.ts';
import { OWNABLE, visibleNodes } from './store.ts';
import { VIEWS } from './views.ts';

/** One page of the queue, its claims that wait for a decision with it. */
export async function listOwnership(
  actor: Actor,
  query: ListOwnership,
): Promise<{ total: number; rows: OwnedNode[] }> {
  assertMay(actor, 'ownership.read');
  const where = Prisma.join([OWNABLE, visibleNodes(actor), VIEWS[query.view], ...filters(query)], ' AND ');
  const [counted] = await db().$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM node n WHERE ${where}`;
  const ids = await db().$queryRaw<{ id: number }[]>`
    SELECT n.id FROM node n WHERE ${where}
    ORDER BY ${SORTS[query.sort.column]} ${query.sort.isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`} NULLS LAST, n.id
    LIMIT ${query.size} OFFSET ${(query.page - 1) * query.size}`;
  const rows = await loadOwnedNodes(ids.map((row) => row.id));
  return { total: counted?.total ?? 0, rows };
}

const SORTS: Record<ListOwnership['sort']['column'], Prisma.Sql> = {
  name: Prisma.sql`lower(n.name)`,
  kind: Prisma.sql`n.kind`,
  environment: Prisma.sql`n.environment`,
  confidence: Prisma.sql`(SELECT max(c.confidence) FROM ownership_claim c WHERE c.node_id = n.id AND c.state = 'suggested')`,
  lastUsed: Prisma.sql`coalesce(n.last_seen_in_logs, n.last_used_at)`,
  age: Prisma.sql`n.created_at`,
};

function filters({ kinds, environments, sensitivities, q }: ListOwnership): Prisma.Sql[] {
  const found: Prisma.Sql[] = [];
  if (kinds.length > 0) found.push(Prisma.sql`n.kind = ANY(${[...kinds]}::node_kind[])`);
  if (environments.length > 0) found.push(Prisma.sql`n.environment = ANY(${[...environments]})`);
  if (sensitivities.length > 0)
    found.push(Prisma.sql`n.sensitivity = ANY(${[...sensitivities]}::sensitivity[])`);
  if (q !== '') {
    found.push(
      Prisma.sql`(position(lower(${q}) IN lower(n.name)) > 0 OR position(lower(${q}) IN lower(n.key)) > 0)`,
    );
  }
  return found;
}

/** One node with every claim that was ever made on it. Throws `not_found` for what the list would not show. */
export async function getOwnership(
  actor: Actor,
  nodeId: number,
): Promise<OwnedNode & { history: Claim[]; loop: string[] }> {
  assertMay(actor, 'ownership.read');
  const [visible] = await db().$queryRaw<{ id: number }[]>`
    SELECT n.id FROM node n WHERE n.id = ${nodeId} AND ${OWNABLE} AND ${visibleNodes(actor)}`;
  const [node] = visible ? await loadOwnedNodes([nodeId]) : [];
  if (!node) throw notFound('identity or credential');
  const history = (await loadClaims([nodeId])).get(nodeId) ?? [];
  return { ...node, history, loop: await loadLoop(nodeId, history) };
}

async function loadLoop(nodeId: number, history: readonly Claim[]): Promise<string[]> {
  if (!history.some((claim) => claim.state === 'disputed')) return [];
  const claims = await db().ownershipClaim.findMany({
    where: { nodeId },
    select: { basis: true, ownerId: true },
  });
  const passes = passesOf(claims);
  const loop = passes
    .map((pass) =>
      loopClosedBy(
        passes.filter((p) => p !== pass),
        pass,
      ),
    )
    .find((way) => way !== null);
  const owners = await loadOwnerNodes(loop ?? []);
  return (loop ?? []).map((id) => owners.get(id)?.name ?? `node ${id}`);
}

/** Teams and people by name, for choosing an owner; names and keys only. */
export async function searchOwners(
  actor: Actor,
  query: { q: string; kind?: 'team' | 'person' | undefined },
): Promise<{ rows: Owner[] }> {
  assertMay(actor, 'ownership.read');
  const kinds: NodeKind[] = query.kind ? [query.kind] : ['team', 'person'];
  const rows = await db().$queryRaw<Owner[]>`
    SELECT id, key, name, kind::text AS kind FROM node
    WHERE kind = ANY(${kinds}::node_kind[]) AND valid_to IS NULL
      AND (position(lower(${query.q}) IN lower(name)) > 0 OR position(lower(${query.q}) IN lower(key)) > 0)
    ORDER BY kind = 'person', lower(name) LIMIT 20`;
  return { rows };
}

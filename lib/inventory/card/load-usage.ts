import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import type { ChainView, UseView } from '../card-schema.ts';
import { endOf, loadEnds, optionalEnd } from './load-ends.ts';

const USES_MAX = 25;
const CHAINS_MAX = 10;
/** Raw events are read this far back for chains of delegation. */
const CHAIN_DAYS = 90;

type UseRow = {
  actorId: number;
  credentialId: number;
  targetId: number;
  allowed: bigint;
  denied: bigint;
  failed: bigint;
  first: Date;
  last: Date;
  sources: string[];
};

/** What the usage sums show of the node, most used first: `uses` by it (or with it), `callers` on it or as it. */
export async function loadUsage(id: number, kind: string): Promise<{ uses: UseView[]; callers: UseView[] }> {
  const acts = kind === 'credential' ? Prisma.sql`u.credential_id = ${id}` : Prisma.sql`u.actor_id = ${id}`;
  const [uses, callers] = await Promise.all([sumUsage(acts), sumUsage(Prisma.sql`u.target_id = ${id}`)]);
  const ends = await loadEnds(
    [...uses, ...callers].flatMap((row) => [row.actorId, row.credentialId, row.targetId]),
  );
  const toView = (row: UseRow): UseView => ({
    actor: endOf(ends, row.actorId),
    credential: optionalEnd(ends, row.credentialId),
    target: optionalEnd(ends, row.targetId),
    allowed: Number(row.allowed),
    denied: Number(row.denied),
    failed: Number(row.failed),
    first: row.first.toISOString(),
    last: row.last.toISOString(),
    sources: row.sources,
  });
  return { uses: uses.map(toView), callers: callers.map(toView) };
}

function sumUsage(where: Prisma.Sql): Promise<UseRow[]> {
  return db().$queryRaw<UseRow[]>`
    SELECT u.actor_id AS "actorId", u.credential_id AS "credentialId", u.target_id AS "targetId", sum(u.allowed) AS allowed,
      sum(u.denied) AS denied, sum(u.failed) AS failed, min(u.first_at) AS first, max(u.last_at) AS last,
      array_agg(DISTINCT s.name) AS sources
    FROM usage_day u JOIN source s ON s.id = u.source_id WHERE ${where}
    GROUP BY 1, 2, 3 ORDER BY sum(u.allowed) DESC, max(u.last_at) DESC, 1, 2, 3 LIMIT ${USES_MAX}`;
}

/** Who acted through whom: chains of delegation of which the node is a part, the most frequent first. */
export async function loadChains(id: number, key: string): Promise<ChainView[]> {
  const rows = await db().$queryRaw<
    {
      chain: string[];
      behalf: string | null;
      action: string;
      targetId: number | null;
      count: bigint;
      first: Date;
      last: Date;
    }[]
  >`
    SELECT e.chain, b.key AS behalf, e.action, e.target_id AS "targetId", count(*) AS count, min(e.time) AS first, max(e.time) AS last
    FROM event e LEFT JOIN node b ON b.id = e.on_behalf_of_id
    WHERE e.time > now() - make_interval(days => ${CHAIN_DAYS}) AND cardinality(e.chain) > 1
      AND (e.actor_id = ${id} OR ${key} = ANY(e.chain))
    GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, e.chain LIMIT ${CHAINS_MAX}`;
  if (rows.length === 0) return [];
  const keys = rows.flatMap((row) => [...row.chain, ...(row.behalf === null ? [] : [row.behalf])]);
  const [ends, named] = await Promise.all([
    loadEnds(rows.map((row) => row.targetId)),
    db().node.findMany({
      where: { key: { in: [...new Set(keys)] } },
      select: { id: true, key: true, name: true, kind: true },
    }),
  ]);
  const byKey = new Map(named.map((node) => [node.key, node]));
  return rows.map((row) => {
    const steps = [...row.chain].reverse();
    if (row.behalf !== null && steps[0] !== row.behalf) steps.unshift(row.behalf);
    return {
      steps: steps.map((step) => ({ key: step, node: byKey.get(step) ?? null })),
      action: row.action,
      target: optionalEnd(ends, row.targetId),
      count: Number(row.count),
      first: row.first.toISOString(),
      last: row.last.toISOString(),
    };
  });
}

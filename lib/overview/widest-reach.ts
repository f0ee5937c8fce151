import { assertMay, type Actor, type RowScope } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { summariseReach } from '#lib/exposure/summarise-reach.ts';
import { visible } from '#lib/inventory/node-conditions.ts';
import { NON_HUMAN_KINDS } from '#lib/ontology/node-kinds.ts';
import { readGraphVersion } from '#lib/usage/graph-version.ts';
import type { WidestView } from './schema.ts';

const SHOWN = 10;
/** Starts that are asked at most, those with the most relations that hand on control first. */
const ASKED_MAX = 2_000;
/** Starts per question, so that other questions to the graph get their turn in between. */
const CHUNK = 100;
const CACHED_MAX = 50;

type Reach = { id: number; reached: number; sensitive: number; crownJewels: number };
type Ranking = { version: number; asked: number; of: number; top: Reach[] };

/** Rankings by scope, of one graph version. */
const cache = { version: -1, rankings: new Map<string, Promise<Ranking>>() };

/** The identities with the widest blast radius by what is granted: crown jewels first, then sensitive, then all. */
export async function getWidestReach(actor: Actor): Promise<WidestView> {
  assertMay(actor, 'inventory.read');
  const ranking = await rankingOf(actor.scope);
  const rows = await db().$queryRaw<
    Omit<WidestView['rows'][number], 'reached' | 'sensitive' | 'crownJewels'>[]
  >`
    SELECT n.id, n.key, n.name, n.kind::text AS kind, n.environment, o.name AS owner
    FROM node n LEFT JOIN node o ON o.id = n.owner_id WHERE n.id = ANY(${ranking.top.map((one) => one.id)}::int[])`;
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    version: ranking.version,
    asked: ranking.asked,
    of: ranking.of,
    rows: ranking.top.flatMap((one) => {
      const row = byId.get(one.id);
      return row === undefined ? [] : [{ ...row, ...one }];
    }),
  };
}

async function rankingOf(scope: RowScope): Promise<Ranking> {
  const version = await readGraphVersion(db());
  if (cache.version !== version) {
    cache.version = version;
    cache.rankings.clear();
  }
  const key = scope.kind === 'all' ? 'all' : [...scope.ownerIds].sort((a, b) => a - b).join(',');
  const known = cache.rankings.get(key);
  if (known !== undefined) return known;
  if (cache.rankings.size >= CACHED_MAX) cache.rankings.clear();
  const ranking = rank(scope);
  cache.rankings.set(key, ranking);
  ranking.catch(() => cache.rankings.delete(key));
  return ranking;
}

async function rank(scope: RowScope): Promise<Ranking> {
  const starts = await db().$queryRaw<{ id: number; of: number }[]>`
    SELECT n.id, count(*) OVER ()::int AS of FROM node n
    WHERE n.valid_to IS NULL AND NOT n.managed AND n.kind = ANY(${[...NON_HUMAN_KINDS]}::node_kind[]) AND ${visible(scope)}
    ORDER BY (SELECT count(*) FROM edge e WHERE e.from_id = n.id AND e.valid_to IS NULL) DESC, n.id LIMIT ${ASKED_MAX}`;
  const reaches: Reach[] = [];
  let version = 0;
  for (let i = 0; i < starts.length; i += CHUNK) {
    const answer = await summariseReach(starts.slice(i, i + CHUNK).map((start) => start.id));
    version = answer.version;
    reaches.push(...answer.summaries.values());
  }
  reaches.sort(
    (a, b) =>
      b.crownJewels - a.crownJewels || b.sensitive - a.sensitive || b.reached - a.reached || a.id - b.id,
  );
  return { version, asked: starts.length, of: starts[0]?.of ?? 0, top: reaches.slice(0, SHOWN) };
}

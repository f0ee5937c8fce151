import { assertMay, type Actor } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { visible } from './node-conditions.ts';
import { NODE_GROUPS, type FacetsView, type NodeGroupName } from './schema.ts';

const FACETS = ['kind', 'type', 'provider', 'tenant', 'environment', 'zone', 'sensitivity'] as const;
/** Values offered per filter; rarer ones are found by text. */
const VALUES_MAX = 200;

/** What the filters of a tab offer, with counts over what the actor may see. */
export async function listFacets(actor: Actor, group: NodeGroupName): Promise<FacetsView> {
  assertMay(actor, 'inventory.read');
  const rows = await db().$queryRaw<{ facet: (typeof FACETS)[number]; value: string; count: number }[]>`
    WITH grouped AS (
      SELECT grouping(n.kind, n.type, n.provider, n.tenant, n.environment, n.zone, n.sensitivity) AS which,
        coalesce(n.kind::text, n.type, n.provider, n.tenant, n.environment, n.zone, n.sensitivity::text) AS value,
        count(*)::int AS count
      FROM node n
      WHERE n.valid_to IS NULL AND n.kind = ANY(${[...NODE_GROUPS[group]]}::node_kind[]) AND ${visible(actor.scope)}
      GROUP BY GROUPING SETS ((n.kind), (n.type), (n.provider), (n.tenant), (n.environment), (n.zone), (n.sensitivity))),
    ranked AS (
      SELECT (${[...FACETS]}::text[])[array_position(${masks()}::int[], which)] AS facet, value, count,
        row_number() OVER (PARTITION BY which ORDER BY count DESC, value) AS place
      FROM grouped WHERE value IS NOT NULL)
    SELECT facet, value, count FROM ranked WHERE place <= ${VALUES_MAX} ORDER BY facet, place`;
  const found = Object.fromEntries(FACETS.map((name) => [name, [] as { value: string; count: number }[]]));
  for (const { facet, value, count } of rows) if (!value.includes(',')) found[facet]?.push({ value, count });
  return found as FacetsView;
}

/** The value of GROUPING() for each facet: every bit set but its own. */
function masks(): number[] {
  const all = 2 ** FACETS.length - 1;
  return FACETS.map((_, index) => all - 2 ** (FACETS.length - 1 - index));
}

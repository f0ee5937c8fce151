import type { RowScope } from '#lib/authz/actor.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { NODE_GROUPS, type ListNodesQuery } from './schema.ts';

/** Nodes that the actor may see in full, as a condition on `node n`. */
export function visible(scope: RowScope): Prisma.Sql {
  if (scope.kind === 'all') return Prisma.sql`true`;
  const owners = [...scope.ownerIds];
  return Prisma.sql`(n.owner_id = ANY(${owners}::int[]) OR n.owner_person_id = ANY(${owners}::int[]) OR n.id = ANY(${owners}::int[]))`;
}

/** When `node n` was last used: what the logs show, or what its source states, whichever is later. */
export const LAST_USED = Prisma.sql`greatest(n.last_seen_in_logs, n.last_used_at)`;

/** How long a credential lives; null for everything else. */
export const LIFETIME = Prisma.sql`(CASE WHEN n.kind <> 'credential' THEN NULL
  WHEN n.expires_at IS NULL THEN 'standing'
  WHEN n.expires_at - coalesce(n.rotated_at, n.created_at, n.valid_from) <= interval '24 hours' THEN 'short'
  ELSE 'dated' END)`;

/** Use of `node n` where `watched w` is joined by its class. */
export const USE_STATE = Prisma.sql`(CASE WHEN ${LAST_USED} IS NOT NULL THEN 'used' WHEN w.name IS NOT NULL THEN 'unused'
  ELSE 'unobservable' END)`;

/** The conditions of a list of nodes on `node n` (and `watched w` where use is asked for). */
export function nodeConditions(query: ListNodesQuery, scope: RowScope): Prisma.Sql {
  const kinds = query.kind.length > 0 ? query.kind : NODE_GROUPS[query.group];
  const conditions = [
    visible(scope),
    Prisma.sql`n.kind = ANY(${[...kinds]}::node_kind[])`,
    Prisma.sql`n.kind = ANY(${[...NODE_GROUPS[query.group]]}::node_kind[])`,
    ended(query.ended),
    ...oneOf(Prisma.sql`n.type`, query.type),
    ...oneOf(Prisma.sql`n.provider`, query.provider),
    ...oneOf(Prisma.sql`n.tenant`, query.tenant),
    ...oneOf(Prisma.sql`n.environment`, query.environment),
    ...oneOf(Prisma.sql`n.zone`, query.zone),
    ...oneOf(Prisma.sql`coalesce(n.sensitivity::text, 'none')`, query.sensitivity),
    ...oneOf(Prisma.sql`n.standing::text`, query.standing),
    ...oneOf(LIFETIME, query.lifetime),
    ...oneOf(USE_STATE, query.use),
    ...oneOf(Prisma.sql`CASE WHEN n.managed THEN 'yes' ELSE 'no' END`, query.managed),
    ...owned(query.owner),
    ...expiring(query.expiring),
    ...oneOf(
      Prisma.sql`CASE WHEN n.attested_until IS NULL THEN 'never' WHEN n.attested_until < now() THEN 'lapsed' ELSE 'in_date' END`,
      query.attested,
    ),
    ...matches(query.q),
  ];
  return Prisma.join(conditions, ' AND ');
}

export function oneOf(column: Prisma.Sql, values: readonly string[]): Prisma.Sql[] {
  return values.length === 0 ? [] : [Prisma.sql`${column} = ANY(${[...values]}::text[])`];
}

/** A text anywhere in name or key, or at the start of an alias. */
export function matches(text: string): Prisma.Sql[] {
  const wanted = text.trim();
  if (wanted === '') return [];
  const escaped = wanted.replace(/[\\%_]/g, '\\$&');
  return [
    Prisma.sql`(n.name ILIKE ${`%${escaped}%`} OR n.key ILIKE ${`%${escaped}%`}
      OR EXISTS (SELECT FROM node_alias a WHERE a.node_id = n.id AND a.alias ILIKE ${`${escaped}%`}))`,
  ];
}

function ended(values: readonly string[]): Prisma.Sql {
  if (values.length !== 1 || values[0] === 'no')
    return values.length === 2 ? Prisma.sql`true` : Prisma.sql`n.valid_to IS NULL`;
  return Prisma.sql`n.valid_to IS NOT NULL`;
}

function owned(values: readonly string[]): Prisma.Sql[] {
  if (values.length === 0) return [];
  const ids = values.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0 && id < 2 ** 31);
  const wanted = [
    Prisma.sql`n.owner_id = ANY(${ids}::int[])`,
    Prisma.sql`n.owner_person_id = ANY(${ids}::int[])`,
  ];
  if (values.includes('owned')) wanted.push(Prisma.sql`n.owner_id IS NOT NULL`);
  if (values.includes('unowned')) wanted.push(Prisma.sql`n.owner_id IS NULL`);
  return [Prisma.sql`(${Prisma.join(wanted, ' OR ')})`];
}

function expiring(values: ListNodesQuery['expiring']): Prisma.Sql[] {
  if (values.length === 0) return [];
  const wanted = values.map((value) =>
    value === 'expired'
      ? Prisma.sql`n.expires_at <= now()`
      : Prisma.sql`(n.expires_at > now() AND n.expires_at <= now() + make_interval(days => ${Number(value)}))`,
  );
  return [Prisma.sql`(${Prisma.join(wanted, ' OR ')})`];
}

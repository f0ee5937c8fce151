import { assertMay, type Actor, type RowScope } from '#lib/authz/actor.ts';
import { db } from '#lib/db/client.ts';
import { Prisma } from '#lib/db/generated/client.ts';
import { CLASS_OF, watchedClasses, watchedTable } from '#lib/usage/watched-classes.ts';
import { EDGE_OBSERVABLE, SEEN_TARGETS } from '#lib/usage/watched-grants.ts';
import { CSV_ROWS_MAX } from './list-nodes.ts';
import { oneOf } from './node-conditions.ts';
import {
  PERMISSION_KINDS,
  type ListPermissionsQuery,
  type PermissionListRow,
  type PermissionPage,
  type PermissionSort,
} from './schema.ts';

const SORT_COLUMNS: Record<PermissionSort, Prisma.Sql> = {
  from: Prisma.sql`lower(f.name)`,
  kind: Prisma.sql`e.kind`,
  to: Prisma.sql`lower(n.name)`,
  level: Prisma.sql`e.level`,
  via: Prisma.sql`e.qualifier`,
  lastExercised: Prisma.sql`e.last_exercised`,
  count: Prisma.sql`e.exercised_count`,
  source: Prisma.sql`s.name`,
  validFrom: Prisma.sql`e.valid_from`,
};

/** Use of `edge e`, where `watched w` and `seen_target st` are joined by the class of its right end. */
const USE_STATE = Prisma.sql`(CASE WHEN e.last_exercised IS NOT NULL THEN 'used' WHEN ${EDGE_OBSERVABLE} THEN 'unused'
  ELSE 'unobservable' END)`;
const TABLES = Prisma.sql`edge e JOIN node f ON f.id = e.from_id JOIN node n ON n.id = e.to_id JOIN source s ON s.id = e.source_id
  LEFT JOIN watched w ON w.name = ${CLASS_OF} LEFT JOIN seen_target st ON st.name = ${CLASS_OF}`;

type Row = Record<'fromKey' | 'fromName' | 'fromKind' | 'toKey' | 'toName' | 'toKind' | 'source', string> &
  Record<'via' | 'pattern' | 'environment' | 'observedBy', string | null> &
  Pick<PermissionListRow, 'id' | 'kind' | 'level' | 'conditional' | 'limited' | 'use'> & {
    fromId: number;
    toId: number;
    sensitivity: PermissionListRow['to']['sensitivity'];
    count: bigint;
    lastExercised: Date | null;
    observedFrom: Date | null;
    validFrom: Date;
  };

/** Trust relations that hold now, granted against used; an owner sees those that start or end at what their teams own. */
export async function listPermissions(actor: Actor, query: ListPermissionsQuery): Promise<PermissionPage> {
  assertMay(actor, 'inventory.read');
  const where = await conditions(query, actor.scope);
  if (where === null) return { total: 0, rows: [] };
  const watched = watchedTable(await watchedClasses());
  const column = SORT_COLUMNS[query.sort.column];
  const order = query.sort.descending
    ? Prisma.sql`${column} DESC NULLS LAST, e.id`
    : Prisma.sql`${column} NULLS LAST, e.id`;
  const [limit, offset] =
    query.format === 'csv' ? [CSV_ROWS_MAX, 0] : [query.size, (query.page - 1) * query.size];
  const [counted, rows] = await Promise.all([
    db().$queryRaw<{ total: number }[]>`
      WITH ${watched}, ${SEEN_TARGETS} SELECT count(*)::int AS total FROM ${TABLES} WHERE ${where}`,
    db().$queryRaw<Row[]>`
      WITH ${watched}, ${SEEN_TARGETS}
      SELECT e.id, e.kind::text AS kind, e.level::text AS level, nullif(e.qualifier, '') AS via, e.conditional, e.limited,
        e.pattern_glob AS pattern, e.last_exercised AS "lastExercised", e.exercised_count AS count, ${USE_STATE} AS use,
        w.source AS "observedBy", w.from_time AS "observedFrom", s.name AS source, e.valid_from AS "validFrom",
        f.id AS "fromId", f.key AS "fromKey", f.name AS "fromName", f.kind::text AS "fromKind",
        n.id AS "toId", n.key AS "toKey", n.name AS "toName", n.kind::text AS "toKind", n.environment,
        n.sensitivity::text AS sensitivity
      FROM ${TABLES} WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
  ]);
  return { total: counted[0]?.total ?? 0, rows: rows.map(toRow) };
}

async function conditions(query: ListPermissionsQuery, scope: RowScope): Promise<Prisma.Sql | null> {
  const [from, to] = await Promise.all([idOf(query.from), idOf(query.to)]);
  if (from === null || to === null) return null;
  const kinds = query.kind.length > 0 ? query.kind : PERMISSION_KINDS;
  const found = [
    Prisma.sql`e.valid_to IS NULL AND e.kind = ANY(${[...kinds]}::edge_kind[])`,
    within(scope),
    ...oneOf(Prisma.sql`e.level::text`, query.level),
    ...oneOf(USE_STATE, query.use),
    ...oneOf(Prisma.sql`n.environment`, query.environment),
    ...oneOf(Prisma.sql`coalesce(n.sensitivity::text, 'none')`, query.sensitivity),
    ...oneOf(Prisma.sql`s.name`, query.source),
    ...underConditions(query.condition),
    ...matchesEnds(query.q),
  ];
  if (from !== undefined) found.push(query.through ? fromThrough(from) : Prisma.sql`e.from_id = ${from}`);
  if (to !== undefined) found.push(Prisma.sql`e.to_id = ${to}`);
  return Prisma.join(found, ' AND ');
}

/** The id of the node with this key or alias; null: there is none. */
async function idOf(key: string | undefined): Promise<number | null | undefined> {
  if (key === undefined) return undefined;
  const [row] = await db().$queryRaw<{ id: number | null }[]>`
    SELECT COALESCE((SELECT id FROM node WHERE key = ${key}), (SELECT node_id FROM node_alias WHERE alias = ${key})) AS id`;
  return row?.id ?? null;
}

/** Permissions of the node itself, of its groups, and of the policies bound to either. */
function fromThrough(id: number): Prisma.Sql {
  return Prisma.sql`e.from_id IN (
    WITH RECURSIVE holder(id) AS (
      SELECT ${id}::int UNION SELECT h.to_id FROM edge h JOIN holder ON holder.id = h.from_id
      WHERE h.kind IN ('attached', 'member_of') AND h.valid_to IS NULL)
    SELECT id FROM holder)`;
}

function within(scope: RowScope): Prisma.Sql {
  if (scope.kind === 'all') return Prisma.sql`true`;
  const owners = [...scope.ownerIds];
  const mine = (alias: string) => {
    const column = (name: string) => Prisma.raw(`${alias}.${name}`);
    return Prisma.sql`(${column('owner_id')} = ANY(${owners}::int[]) OR ${column('owner_person_id')} = ANY(${owners}::int[])
      OR ${column('id')} = ANY(${owners}::int[]))`;
  };
  // What a policy grants belongs to whoever is bound to it.
  return Prisma.sql`(${mine('f')} OR ${mine('n')} OR (f.kind IN ('policy', 'group') AND EXISTS (
    SELECT FROM edge b JOIN node i ON i.id = b.from_id
    WHERE b.to_id = f.id AND b.kind IN ('attached', 'member_of') AND b.valid_to IS NULL AND ${mine('i')})))`;
}

function underConditions(values: ListPermissionsQuery['condition']): Prisma.Sql[] {
  const one = {
    conditional: Prisma.sql`e.conditional`,
    limited: Prisma.sql`e.limited`,
    pattern: Prisma.sql`(e.pattern_glob IS NOT NULL OR e.derived_from IS NOT NULL)`,
    plain: Prisma.sql`NOT (e.conditional OR e.limited)`,
  };
  return values.length === 0
    ? []
    : [
        Prisma.sql`(${Prisma.join(
          values.map((value) => one[value]),
          ' OR ',
        )})`,
      ];
}

function matchesEnds(text: string): Prisma.Sql[] {
  const wanted = text.trim().replace(/[\\%_]/g, '\\$&');
  if (wanted === '') return [];
  const inside = `%${wanted}%`;
  return [
    Prisma.sql`(f.name ILIKE ${inside} OR f.key ILIKE ${inside} OR n.name ILIKE ${inside} OR n.key ILIKE ${inside}
      OR e.qualifier ILIKE ${inside})`,
  ];
}

const toRow = (row: Row): PermissionListRow => ({
  id: row.id,
  kind: row.kind,
  from: {
    id: row.fromId,
    key: row.fromKey,
    name: row.fromName,
    kind: row.fromKind as PermissionListRow['from']['kind'],
  },
  to: {
    id: row.toId,
    key: row.toKey,
    name: row.toName,
    kind: row.toKind as PermissionListRow['to']['kind'],
    environment: row.environment,
    sensitivity: row.sensitivity,
  },
  level: row.level,
  via: row.via,
  conditional: row.conditional,
  limited: row.limited,
  pattern: row.pattern,
  use: row.use,
  lastExercised: row.lastExercised?.toISOString() ?? null,
  count: Number(row.count),
  observedBy: row.use === 'unobservable' ? null : row.observedBy,
  observedFrom: row.use === 'unobservable' ? null : (row.observedFrom?.toISOString() ?? null),
  source: row.source,
  validFrom: row.validFrom.toISOString(),
});
